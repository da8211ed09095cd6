<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Segue</name>
    <message numerus="yes">
        <location filename="../../app/cli/doctor.py"/>
        <source>%n backup</source>
        <translation><numerusform>%n 份备份</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/doctor.py"/>
        <source>%n file</source>
        <translation><numerusform>%n 个文件</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/doctor.py"/>
        <source>%n track</source>
        <translation><numerusform>%n 首曲目</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/doctor.py"/>
        <source>%n library</source>
        <translation><numerusform>%n 个音乐库</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/playlists.py"/>
        <source>%n entry</source>
        <translation><numerusform>%n 项</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Jan</source>
        <translation>1月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Feb</source>
        <translation>2月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Mar</source>
        <translation>3月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Apr</source>
        <translation>4月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>May</source>
        <translation>5月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Jun</source>
        <translation>6月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Jul</source>
        <translation>7月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Aug</source>
        <translation>8月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Sep</source>
        <translation>9月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Oct</source>
        <translation>10月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Nov</source>
        <translation>11月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>Dec</source>
        <translation>12月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>{said}: {effect}</source>
        <translation>{said}：{effect}</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>this artist</source>
        <translation>这位艺人</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>You love {}</source>
        <translation>你喜欢《{}》</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>{} is put off for now</source>
        <translation>《{}》暂时不推荐</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>Less like {}</source>
        <translation>少推荐类似《{}》的曲目</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>{} is not suggested again</source>
        <translation>不再推荐“{}”</translation>
    </message>
    <message>
        <location filename="../../app/domain/feedback.py"/>
        <source>Taken back: {}</source>
        <translation>已撤回：{}</translation>
    </message>
    <message>
        <location filename="../../app/domain/grade.py"/>
        <source>Segue</source>
        <translation>Segue</translation>
    </message>
    <message>
        <location filename="../../app/domain/grade.py"/>
        <source>Most played</source>
        <translation>播放最多</translation>
    </message>
    <message>
        <location filename="../../app/domain/grade.py"/>
        <source>Played lately</source>
        <translation>最近播放</translation>
    </message>
    <message>
        <location filename="../../app/domain/grade.py"/>
        <source>Same artist</source>
        <translation>同一艺人</translation>
    </message>
    <message>
        <location filename="../../app/domain/grade.py"/>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Flat</source>
        <translation>平直</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>More bass</source>
        <translation>增强低音</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Less bass</source>
        <translation>减弱低音</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>More treble</source>
        <translation>增强高音</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Less treble</source>
        <translation>减弱高音</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Low volume</source>
        <translation>小音量</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Voice</source>
        <translation>人声</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Rock</source>
        <translation>摇滚</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Pop</source>
        <translation>流行</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Jazz</source>
        <translation>爵士</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Classical</source>
        <translation>古典</translation>
    </message>
    <message>
        <location filename="../../app/domain/loudness.py"/>
        <source>Electronic</source>
        <translation>电子</translation>
    </message>
    <message>
        <location filename="../../app/domain/rating.py"/>
        <source>Gave {} to {}</source>
        <translation>已评 {}：{}</translation>
    </message>
    <message>
        <location filename="../../app/domain/rating.py"/>
        <source>Took the stars of {}</source>
        <translation>已清除 {} 的评分</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/domain/rating.py"/>
        <source>%n star</source>
        <translation><numerusform>%n 星</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>A track number</source>
        <translation>音轨号</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>The number of tracks</source>
        <translation>音轨总数</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>A disc number</source>
        <translation>碟号</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>The number of discs</source>
        <translation>碟片总数</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>There is no field {!r} to edit.</source>
        <translation>没有可编辑的字段 {!r}。</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>This field holds one value only.</source>
        <translation>此字段只能有一个值。</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>A date is a year, or year, month and day: 1997 or 1997-05-21.</source>
        <translation>日期可以是年份，或年、月、日：1997 或 1997-05-21。</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>Beats a minute lie between 1 and {:g}.</source>
        <translation>每分钟拍数应在 1 到 {:g} 之间。</translation>
    </message>
    <message>
        <location filename="../../app/domain/tag_edit.py"/>
        <source>{field} lies between 1 and {most:,}.</source>
        <translation>{field}应在 1 到 {most:,} 之间。</translation>
    </message>
    <message>
        <location filename="../../app/domain/track.py"/>
        <source>Unknown artist</source>
        <translation>未知艺人</translation>
    </message>
    <message>
        <location filename="../../app/domain/track.py"/>
        <source>Unknown album</source>
        <translation>未知专辑</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/library/doctor.py"/>
        <source>%n temporary file was</source>
        <translation><numerusform>%n 个临时文件</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/playback/notice.py"/>
        <source>Unknown title</source>
        <translation>未知标题</translation>
    </message>
    <message>
        <location filename="../../app/playback/notice.py"/>
        <source>Show Segue</source>
        <translation>显示 Segue</translation>
    </message>
    <message>
        <location filename="../../app/playback/notice.py"/>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <location filename="../../app/playback/notice.py"/>
        <source>Next track</source>
        <translation>下一首</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/qt/playlist_service.py"/>
        <source>%n new playlist</source>
        <translation><numerusform>%n 个新播放列表</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/qt/stay_awake.py"/>
        <source>Playing music</source>
        <translation>正在播放音乐</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/backup.py"/>
        <source>%n play</source>
        <translation><numerusform>%n 次播放</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer play</source>
        <translation><numerusform>%n 次较新的播放</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer verdict on suggestions</source>
        <translation><numerusform>%n 条较新的推荐评价</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer playlist</source>
        <translation><numerusform>%n 个较新的播放列表</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/suggestions/feedback.py"/>
        <source>no suggestion changes</source>
        <translation>推荐不变</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/feedback.py"/>
        <source>{} more</source>
        <translation>多出 {}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/feedback.py"/>
        <source>%n suggestion leaves</source>
        <translation><numerusform>%n 条推荐离开</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/feedback.py"/>
        <source>%n suggestion</source>
        <translation><numerusform>%n 条推荐</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/feedback.py"/>
        <source>%n moves</source>
        <translation><numerusform>%n 条移动</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/feedback.py"/>
        <source>%n suggestion moves</source>
        <translation><numerusform>%n 条推荐移动</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/suggestions/feedback.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>{name}: {best} is ahead with {mean} over {asked} moments, but not surely of {others}.</source>
        <translation>{name}：在 {asked} 个时刻中，“{best}”以 {mean} 领先，但不能肯定胜过{others}。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>{lead}: first over all, and surely ahead in {sure} of {questions}.</source>
        <translation>{lead}：总体第一，在 {questions}中有 {sure} 个确定领先。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>the track that came next was among 20 suggestions</source>
        <translation>随后播放的曲目在 20 条推荐之中</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>Next session</source>
        <translation>下一次收听</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>10 suggestions against what the session then held</source>
        <translation>10 条推荐与随后实际听的相比</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>Rediscovery</source>
        <translation>重新发现</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>10 suggestions against old tracks that came back within a week</source>
        <translation>10 条推荐与一周内重新听起的旧曲目相比</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>No signal yet: {listens} of tracks in the library, and {needed} are needed.</source>
        <translation>还看不出规律：音乐库中的曲目只有{listens}，需要 {needed} 次。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>{name}: too few moments to tell ({asked} of the {needed} needed).</source>
        <translation>{name}：时刻太少，无法判断（需要 {needed} 个，只有 {asked} 个）。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>{name}: no signal. Over {asked} moments nothing surely beats a random order.</source>
        <translation>{name}：看不出规律。在 {asked} 个时刻中，没有哪种方法确定胜过随机。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>{name}: {best} wins with {mean} over {asked} moments; next is {other} with {less}.</source>
        <translation>{name}：在 {asked} 个时刻中，“{best}”以 {mean} 胜出；其次是“{other}”，{less}。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>No signal: on your past, no way of picking surely beats a random order.</source>
        <translation>看不出规律：按你过去的收听，没有哪种挑选方法确定胜过随机。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>Segue's suggestions do best on your past</source>
        <translation>按你过去的收听，Segue 的推荐最好</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source>On your past, “{}” does better than Segue's suggestions</source>
        <translation>按你过去的收听，“{}”比 Segue 的推荐更好</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/grade.py"/>
        <source>%n question</source>
        <translation><numerusform>%n 个问题</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/grade.py"/>
        <source>%n listen</source>
        <translation><numerusform>%n 次收听</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>From {}</source>
        <translation>来自{}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Nothing else to suggest.</source>
        <translation>没有别的可推荐了。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Because you played {}</source>
        <translation>因为你播放了《{}》</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>By {}, your last play</source>
        <translation>{}，你上次播放的</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>For {}</source>
        <translation>为《{}》推荐</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>For you</source>
        <translation>为你推荐</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>No plays yet. These come from tags</source>
        <translation>还没有播放记录。这些推荐来自标签</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>From {plays}; under {least}, so tags lead</source>
        <translation>来自{plays}；不足 {least} 次，以标签为主</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Nothing was played 3 times and then left for 90 days.</source>
        <translation>没有播放过 3 次以上而 90 天未听的曲目。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>You have played everything here.</source>
        <translation>这里的你都听过了。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>You may like</source>
        <translation>你可能喜欢</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Forgotten favourites</source>
        <translation>久违的最爱</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Played 3 times or more, none in 90 days. {:,} found</source>
        <translation>播放过 3 次以上，90 天未听。共 {:,} 首</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Never heard</source>
        <translation>从未听过</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>No plays at all. {:,} found</source>
        <translation>一次也没播放过。共 {:,} 首</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>New in the library</source>
        <translation>新入库</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>The albums that came last</source>
        <translation>最近加入的专辑</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>Your library is empty.</source>
        <translation>你的音乐库是空的。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>In your library</source>
        <translation>在你的音乐库中</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Tags in common</source>
        <translation>标签相同</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>{played}, last in {month}</source>
        <translation>{played}，上次在{month}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>what you play now</source>
        <translation>正在播放的曲目</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>once</source>
        <translation>1 次</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>the same genre</source>
        <translation>同一流派</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>the {}s</source>
        <translation>{} 年代</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>the same years</source>
        <translation>同一年代</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Came right after {name} {times}</source>
        <translation>紧接在《{name}》之后 {times}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Came after {} earlier in this session</source>
        <translation>这次早些时候在《{}》之后播放</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Often played with {}</source>
        <translation>常与《{}》一起播放</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Played together with {}</source>
        <translation>与《{}》一起播放过</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Played {} in the last 7 days</source>
        <translation>最近 7 天播放 {}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Heard within the last day</source>
        <translation>一天之内听过</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Already played in this session</source>
        <translation>这次已播放过</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Played within the hour, and you often replay</source>
        <translation>一小时内播放过，而你常会重听</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Played within the hour; you seldom replay</source>
        <translation>一小时内播放过，而你很少重听</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Known to you for {}</source>
        <translation>你认识它已有{}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Same artist as {}</source>
        <translation>与《{}》同一艺人</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>You love it</source>
        <translation>你喜欢它</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>You asked for less like this</source>
        <translation>你要求少推荐这类</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Played on {}</source>
        <translation>在{}播放过</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>{} from this album</source>
        <translation>这张专辑{}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>{plays} of {name}</source>
        <translation>{name}：{plays}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>{plays} from {years}</source>
        <translation>{years}：{plays}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Same album as {}</source>
        <translation>与《{}》同一专辑</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>{genre}, like {name}</source>
        <translation>{genre}，与《{name}》一样</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Near {} in time</source>
        <translation>与《{}》年代相近</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>{tracks} by {name}</source>
        <translation>{name}的{tracks}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>From {years}, {tracks}</source>
        <translation>{years}，{tracks}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Not heard yet</source>
        <translation>还没听过</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>twice</source>
        <translation>2 次</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/why.py"/>
        <source>%n time</source>
        <translation><numerusform>%n 次</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Followed {name} {times}</source>
        <translation>曾接在《{name}》之后 {times}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Followed {}</source>
        <translation>曾接在《{}》之后</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Not played yet</source>
        <translation>还没播放过</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/suggestions/why.py"/>
        <source>%n day</source>
        <translation><numerusform>%n 天</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Same artist as {name}, like {count} of your last tracks</source>
        <translation>与《{name}》同一艺人，你最近的曲目中有 {count} 首</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>You stay with {} now</source>
        <translation>你正连续听 {}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>You stay with this artist now</source>
        <translation>你正连续听这位艺人</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>By {}</source>
        <translation>{}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>From {year}, near {name}</source>
        <translation>{year} 年，与《{name}》相近</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/why.py"/>
        <source>Played {}</source>
        <translation>播放 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Notifications come while you use another window. When Segue plays on, the icon in the tray brings the window back, and Quit is in its menu. Staying awake holds off the sleep that comes by itself, not the one you ask for.</source>
        <translation>通知只在你使用其他窗口时出现。Segue 继续播放时，点托盘图标可以找回窗口，“退出”在图标的菜单里。保持唤醒只推迟自动睡眠，不影响你自己要求的睡眠。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>This desktop shows no tray at the moment, so closing the window ends Segue.</source>
        <translation>此桌面目前没有托盘，因此关闭窗口会退出 Segue。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Ends Segue</source>
        <translation>退出 Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Plays on</source>
        <translation>继续播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Tell when a track begins</source>
        <translation>曲目开始时通知</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Icon in the tray</source>
        <translation>托盘图标</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Closing the window</source>
        <translation>关闭窗口时</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Stay awake while music plays</source>
        <translation>播放音乐时保持唤醒</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/desktop.py"/>
        <source>Desktop</source>
        <translation>桌面</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/pace.py"/>
        <source>A crossfade lets the end of a track sound on under the next one. An album that plays in order is never faded. The speed leaves the pitch as it is.</source>
        <translation>交叉淡化让一首曲目的结尾在下一首开始时继续响起。按顺序播放的专辑不会淡化。改变速度时音高不变。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/pace.py"/>
        <source>Crossfade</source>
        <translation>交叉淡化</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/pace.py"/>
        <source> seconds</source>
        <translation> 秒</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/pace.py"/>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/pace.py"/>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>%n untagged sound</source>
        <translation><numerusform>%n 个无标签的声音</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/item_models/cards.py"/>
        <source>%n album</source>
        <translation><numerusform>%n 张专辑</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/ranking.py"/>
        <source>{names}, {listens}, {time}</source>
        <translation>{names}，{listens}，{time}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/suggestions.py"/>
        <source>You chose {chosen} of the last {seen}</source>
        <translation>最近 {seen} 条推荐中你选了 {chosen} 条</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/panels/suggestions.py"/>
        <source>%n new suggestion</source>
        <translation><numerusform>%n 条新推荐</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/sleep_button.py"/>
        <source>%n minute</source>
        <translation><numerusform>%n 分钟</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/speed_menu.py"/>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <location filename="../../app/ui/speed_menu.py"/>
        <source>Speed: {}</source>
        <translation>速度：{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Segue plays on</source>
        <translation>Segue 继续播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>The icon in the tray brings the window back. To end Segue, choose Quit in its menu.</source>
        <translation>点托盘图标可以找回窗口。要结束 Segue，请在图标的菜单里选择“退出”。</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Previous track</source>
        <translation>上一首</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <location filename="../../app/ui/tray.py"/>
        <source>Hide Segue</source>
        <translation>隐藏 Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Compact rows</source>
        <translation>紧凑行高</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Normal rows</source>
        <translation>标准行高</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Roomy rows</source>
        <translation>宽松行高</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Usual columns</source>
        <translation>默认列</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/hours_chart.py"/>
        <source>{column}: {time}</source>
        <translation>{column}：{time}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>A year</source>
        <translation>一年</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>All time</source>
        <translation>全部</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Monday</source>
        <translation>星期一</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Mon</source>
        <translation>一</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Tuesday</source>
        <translation>星期二</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Tue</source>
        <translation>二</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Wednesday</source>
        <translation>星期三</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Wed</source>
        <translation>三</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Thursday</source>
        <translation>星期四</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Thu</source>
        <translation>四</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Friday</source>
        <translation>星期五</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Fri</source>
        <translation>五</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Saturday</source>
        <translation>星期六</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Sat</source>
        <translation>六</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Sunday</source>
        <translation>星期日</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Sun</source>
        <translation>日</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Period</source>
        <translation>时间段</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Tracks</source>
        <translation>曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>{:02}:00 to {:02}:00</source>
        <translation>{:02}:00 至 {:02}:00</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>By the hour</source>
        <translation>按小时</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>By the day of the week</source>
        <translation>按星期</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>heard</source>
        <translation>收听时长</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>different tracks</source>
        <translation>不同曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>heard for the first time</source>
        <translation>首次收听</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>days with music</source>
        <translation>有音乐的日子</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Artists</source>
        <translation>艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Albums</source>
        <translation>专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>No plays yet</source>
        <translation>还没有播放记录</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>What you hear is counted here: how long, by whom, and when.</source>
        <translation>你听过的会在这里统计：听了多久、听了谁、什么时候听。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>No stars</source>
        <translation>无评分</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>Love</source>
        <translation>喜爱</translation>
    </message>
    <message>
        <location filename="../../app/wiring/drops.py"/>
        <source>Added {} to the queue</source>
        <translation>已将 {} 加入播放队列</translation>
    </message>
    <message>
        <location filename="../../app/wiring/drops.py"/>
        <source>A smart playlist fills itself: nothing can be put into it.</source>
        <translation>智能播放列表会自动填充，不能手动放入曲目。</translation>
    </message>
</context>
</TS>
