<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Segue</name>
    <message>
        <location filename="../../app/analysis/sound.py"/>
        <source>This is not a file that can be played.</source>
        <translation>这不是可以播放的文件。</translation>
    </message>
    <message>
        <location filename="../../app/analysis/sound.py"/>
        <source>The file cannot be opened.</source>
        <translation>无法打开文件。</translation>
    </message>
    <message>
        <location filename="../../app/analysis/sound.py"/>
        <source>There is no sound in this file.</source>
        <translation>这个文件里没有声音。</translation>
    </message>
    <message>
        <location filename="../../app/analysis/sound.py"/>
        <source>Segue cannot decode this file.</source>
        <translation>Segue 无法解码这个文件。</translation>
    </message>
    <message>
        <location filename="../../app/analysis/sound.py"/>
        <source>Segue cannot find this place in the file.</source>
        <translation>Segue 无法在文件中找到这个位置。</translation>
    </message>
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
        <location filename="../../app/cli/give.py"/>
        <source>%n listen</source>
        <translation><numerusform>%n 次收听</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/import_.py"/>
        <source>%n play</source>
        <translation><numerusform>%n 次播放</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/playlists.py"/>
        <source>%n entry</source>
        <translation><numerusform>%n 项</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/requests.py"/>
        <source>%n request</source>
        <translation><numerusform>%n 个请求</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/sync.py"/>
        <source>%n recording</source>
        <translation><numerusform>%n 首录音</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/cli/sync.py"/>
        <source>%n listener</source>
        <translation><numerusform>%n 位听众</numerusform></translation>
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
        <source>January</source>
        <translation>1月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>February</source>
        <translation>2月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>March</source>
        <translation>3月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>April</source>
        <translation>4月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>June</source>
        <translation>6月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>July</source>
        <translation>7月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>August</source>
        <translation>8月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>September</source>
        <translation>9月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>October</source>
        <translation>10月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>November</source>
        <translation>11月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>December</source>
        <translation>12月</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>{day} {month}</source>
        <translation>{month}{day}日</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>{day} {month} {year}</source>
        <translation>{year}年{month}{day}日</translation>
    </message>
    <message>
        <location filename="../../app/domain/dates.py"/>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
    <message>
        <location filename="../../app/domain/errors.py"/>
        <source>Its drive does not answer.</source>
        <translation>所在的驱动器没有响应。</translation>
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
        <source>Gave {stars} to {tracks}</source>
        <translation>已给{tracks} {stars}</translation>
    </message>
    <message>
        <location filename="../../app/domain/rating.py"/>
        <source>Took the stars of {}</source>
        <translation>已取消{}的星级</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/domain/rating.py"/>
        <source>%n star</source>
        <translation><numerusform>%n 星</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Shorter than {} seconds, and its tags name neither a title nor an artist.</source>
        <translation>短于 {} 秒，且标签中既没有标题也没有艺人。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It made the tag reader crash.</source>
        <translation>它使标签读取程序崩溃。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It made the tag writer crash.</source>
        <translation>它使标签写入程序崩溃。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It made the tag reader say what makes no sense.</source>
        <translation>它让标签读取程序给出了无意义的结果。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Its tags would need too much memory.</source>
        <translation>其标签需要太多内存。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Its tags are nested too deeply.</source>
        <translation>其标签嵌套太深。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Its tags cannot be written: they are damaged, or of a kind that Segue does not know.</source>
        <translation>无法写入其标签：标签已损坏，或是 Segue 不认识的类型。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Its tags cannot say this.</source>
        <translation>其标签无法表示这个内容。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It is an RF64 file, made for more than four gigabytes: Segue does not write into those.</source>
        <translation>这是 RF64 文件，用于四吉字节以上的声音：Segue 不会写入这类文件。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It does not say how long it is and is new: it may be a recording that goes on.</source>
        <translation>它没有写明长度，而且是新的：可能仍在录音。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It does not say how long it is, and is too long for a WAVE file that does.</source>
        <translation>它没有写明长度，而且对写明长度的 WAVE 文件来说太长了。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Its former tags cannot be written.</source>
        <translation>无法写回原来的标签。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It is not the file it was.</source>
        <translation>它已不是原来的文件。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It was changed since by another program.</source>
        <translation>它后来被别的程序改动了。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Other things in the file would have changed with it.</source>
        <translation>文件中的其他内容会随之改变。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>The sound would have changed with it.</source>
        <translation>声音会随之改变。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>There is no room for a copy of it on the disk.</source>
        <translation>磁盘空间不足，无法制作副本。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It is not a regular file.</source>
        <translation>它不是普通文件。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It is empty.</source>
        <translation>它是空的。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It is a video.</source>
        <translation>它是视频。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It holds nothing that looks like sound.</source>
        <translation>其中没有像声音的内容。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It holds no sound.</source>
        <translation>其中没有声音。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It is damaged, or is not what its name says.</source>
        <translation>它已损坏，或与名称不符。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It could not be opened: {}.</source>
        <translation>无法打开：{}。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It could not be read: {}.</source>
        <translation>无法读取：{}。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>It could not be written: {}.</source>
        <translation>无法写入：{}。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>Reading its tags took longer than {:g} seconds.</source>
        <translation>读取标签超过了 {:g} 秒。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>The disk did not answer for {:g} seconds.</source>
        <translation>磁盘有 {:g} 秒没有响应。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>The sound file “{}” of this cue sheet is not there.</source>
        <translation>这个 CUE 文件的音频文件“{}”不存在。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>This cue sheet is not for its sound file: track {} begins behind the end.</source>
        <translation>这个 CUE 文件与音频文件不符：第 {} 首在结尾之后开始。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>This cue sheet names more than {} tracks in one file.</source>
        <translation>这个 CUE 文件在一个文件中列出了超过 {} 首曲目。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>This cue sheet names more than {} files.</source>
        <translation>这个 CUE 文件列出了超过 {} 个文件。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>This cue sheet is too large to be one.</source>
        <translation>这个 CUE 文件太大，不像是 CUE。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>This cue sheet names no tracks.</source>
        <translation>这个 CUE 文件没有列出曲目。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>The times in this cue sheet do not go forwards.</source>
        <translation>这个 CUE 文件的时间没有递增。</translation>
    </message>
    <message>
        <location filename="../../app/domain/refusals.py"/>
        <source>This cue sheet has a time that is none.</source>
        <translation>这个 CUE 文件里有无效的时间。</translation>
    </message>
    <message>
        <location filename="../../app/domain/spelling.py"/>
        <source>Various artists</source>
        <translation>群星</translation>
    </message>
    <message>
        <location filename="../../app/domain/sync.py"/>
        <source>{done} of {total} MB</source>
        <translation>{done} / {total} MB</translation>
    </message>
    <message>
        <location filename="../../app/domain/sync.py"/>
        <source>Asking for a model</source>
        <translation>正在询问模型</translation>
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
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>No listening history was found in {name}. Segue reads exports of ListenBrainz, Last.fm and Spotify, and .scrobbler.log files.</source>
        <translation>在 {name} 里没有找到收听记录。Segue 能读取 ListenBrainz、Last.fm 和 Spotify 的导出文件，以及 .scrobbler.log 文件。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>{name} is not a file.</source>
        <translation>{name} 不是文件。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>There are too many files in {name}.</source>
        <translation>{name} 里的文件太多了。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>{name} is packed in a way that Segue does not unpack.</source>
        <translation>{name} 的压缩方式 Segue 无法解开。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>A file of the history grows without end when it is unpacked; it was not read.</source>
        <translation>收听记录里有个文件解压后无休止地变大，没有读取。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>{name} cannot be opened: {reason}.</source>
        <translation>无法打开 {name}：{reason}。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>{name} is a damaged zip file ({reason}).</source>
        <translation>{name} 是损坏的 zip 文件（{reason}）。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>{name} is damaged or locked ({reason}).</source>
        <translation>{name} 已损坏或被加密（{reason}）。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/files.py"/>
        <source>A file of the history is damaged ({reason}).</source>
        <translation>收听记录里有个文件已损坏（{reason}）。</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>not a play</source>
        <translation>不是一次播放</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>no artist or no title</source>
        <translation>没有艺人或标题</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>no time that can be read</source>
        <translation>没有能读懂的时间</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>before 2002: a clock that was wrong</source>
        <translation>早于 2002 年：当时的时钟不准</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>in the future: a clock that was wrong</source>
        <translation>在未来：当时的时钟不准</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>nothing of it was heard</source>
        <translation>一点也没有听</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>skipped, and how much was heard is not told</source>
        <translation>跳过了，没有说明听了多久</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>text in an encoding other than UTF-8</source>
        <translation>文字不是 UTF-8 编码</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>a podcast, a book or a video</source>
        <translation>播客、有声书或视频</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>heard in a private session</source>
        <translation>在私密模式下听的</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>it was still playing</source>
        <translation>当时还在播放</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>a line without end</source>
        <translation>一行长得没有尽头</translation>
    </message>
    <message>
        <location filename="../../app/history/import_/row.py"/>
        <source>the file is damaged from here on</source>
        <translation>文件从这里开始损坏</translation>
    </message>
    <message>
        <location filename="../../app/library/cage.py"/>
        <source>Files cannot be read: the tag reader did not start.</source>
        <translation>无法读取文件：标签读取程序没有启动。</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>it is empty, as the place of a drive that is not plugged in</source>
        <translation>它是空的，就像没有插上的磁盘</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>The library's file is damaged: {}.</source>
        <translation>音乐库文件已损坏：{}。</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>The library has loose ends: {}.</source>
        <translation>音乐库有不一致之处：{}。</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>A search index is not in order: {}.</source>
        <translation>搜索索引有问题：{}。</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>The music folder {shown_path} is away: {reason}.</source>
        <translation>音乐文件夹 {shown_path} 不在：{reason}。</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>The disk of the library is nearly full.</source>
        <translation>音乐库所在磁盘快满了。</translation>
    </message>
    <message>
        <location filename="../../app/library/doctor.py"/>
        <source>{} left behind.</source>
        <translation>遗留了{}。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/library/doctor.py"/>
        <source>%n temporary file was</source>
        <translation><numerusform>%n 个临时文件</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/library/drives_below.py"/>
        <source>Its {} in the library.</source>
        <translation>{}在音乐库中。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/library/drives_below.py"/>
        <source>%n track stays</source>
        <translation><numerusform>%n 首曲目保留</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/library/drives_below.py"/>
        <source>The drive of the folder {} is away.</source>
        <translation>文件夹 {} 所在的磁盘没有接上。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit.py"/>
        <source>It is a part of a longer file that a cue sheet divides. Edit the cue sheet instead.</source>
        <translation>它是由 CUE 文件划分的长文件的一部分。请改为编辑 CUE 文件。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit.py"/>
        <source>It is write-protected.</source>
        <translation>它受写保护。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit.py"/>
        <source>Some files have other names (hard links): those keep the former tags.</source>
        <translation>有些文件还有别的名字（硬链接）：那些仍保留原来的标签。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit.py"/>
        <source>Its folder cannot be written to: {}.</source>
        <translation>无法写入其文件夹：{}。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit.py"/>
        <source>Another program changed it meanwhile.</source>
        <translation>其间有别的程序改动了它。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit.py"/>
        <source>It could not be replaced.</source>
        <translation>无法替换它。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit_cage.py"/>
        <source>Tags cannot be written: the tag writer did not start.</source>
        <translation>无法写入标签：标签写入程序没有启动。</translation>
    </message>
    <message>
        <location filename="../../app/library/edit_cage.py"/>
        <source>Writing its tags took longer than {:.0f} seconds.</source>
        <translation>写入标签超过了 {:.0f} 秒。</translation>
    </message>
    <message>
        <location filename="../../app/library/outside.py"/>
        <source>“{v1}” was not opened. {reason}</source>
        <translation>没有打开“{v1}”。{reason}</translation>
    </message>
    <message>
        <location filename="../../app/library/outside.py"/>
        <source>Only the first {:,} files were opened: more at once would keep you waiting.</source>
        <translation>只打开了前 {:,} 个文件：一次打开更多会让您久等。</translation>
    </message>
    <message>
        <location filename="../../app/library/outside.py"/>
        <source>Segue opens files of this machine only.</source>
        <translation>Segue 只打开本机上的文件。</translation>
    </message>
    <message>
        <location filename="../../app/library/outside.py"/>
        <source>Segue was closed.</source>
        <translation>Segue 已关闭。</translation>
    </message>
    <message>
        <location filename="../../app/library/outside.py"/>
        <source>It names no files.</source>
        <translation>其中没有列出文件。</translation>
    </message>
    <message>
        <location filename="../../app/library/places.py"/>
        <source>The folder {} went away during the scan. Nothing is lost.</source>
        <translation>扫描时文件夹 {} 不见了。没有丢失任何东西。</translation>
    </message>
    <message>
        <location filename="../../app/library/places.py"/>
        <source>The folder {} is empty; its drive may be away.</source>
        <translation>文件夹 {} 是空的；磁盘可能没有接上。</translation>
    </message>
    <message>
        <location filename="../../app/library/places.py"/>
        <source>The folder {shown_path} cannot be opened: {strerror}.</source>
        <translation>无法打开文件夹 {shown_path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../app/library/places.py"/>
        <source>The folder {} is on another drive than before, without anything that was there. </source>
        <translation>文件夹 {} 在与以前不同的磁盘上，原有的内容都不在。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/__init__.py"/>
        <source>It is no playlist that Segue knows: those end with {}.</source>
        <translation>这不是 Segue 认识的播放列表：应以 {} 结尾。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/__init__.py"/>
        <source>A playlist file ends with {}.</source>
        <translation>播放列表文件以 {} 结尾。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/__init__.py"/>
        <source>It is larger than {} MB.</source>
        <translation>它大于 {} MB。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/__init__.py"/>
        <source>The playlist {shown_path} cannot be opened: {strerror}.</source>
        <translation>无法打开播放列表 {shown_path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/__init__.py"/>
        <source>{shown_path} is not read: {error}</source>
        <translation>没有读取 {shown_path}：{error}</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/__init__.py"/>
        <source>The playlist {shown_path} cannot be written: {strerror}.</source>
        <translation>无法写入播放列表 {shown_path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/entries.py"/>
        <source>Only the first {:,} entries were read.</source>
        <translation>只读取了前 {:,} 项。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/entries.py"/>
        <source>A location that no file can have was left out.</source>
        <translation>略过了一个不可能存在的位置。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/entries.py"/>
        <source>A file on another computer is kept as text only.</source>
        <translation>另一台电脑上的文件只保留为文字。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/jspf.py"/>
        <source>Its JSON holds far too much.</source>
        <translation>其 JSON 内容过多。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/jspf.py"/>
        <source>It is JSON, but no JSPF playlist.</source>
        <translation>它是 JSON，但不是 JSPF 播放列表。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/jspf.py"/>
        <source>Its JSON is nested too deeply.</source>
        <translation>其 JSON 嵌套太深。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/jspf.py"/>
        <source>Its JSON is damaged.</source>
        <translation>其 JSON 已损坏。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/m3u.py"/>
        <source>A line that is far too long was left out.</source>
        <translation>略过了过长的一行。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/m3u.py"/>
        <source>This is the description of a stream, not a list of tracks.</source>
        <translation>这是流的描述，不是曲目列表。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/pls.py"/>
        <source>It does not begin as a PLS playlist does.</source>
        <translation>它的开头不像 PLS 播放列表。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/xspf.py"/>
        <source>It declares a document type, which can hide harmful things. No playlist needs one.</source>
        <translation>它声明了文档类型，其中可能藏有危险内容。播放列表不需要它。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/xspf.py"/>
        <source>It is XML, but no XSPF playlist.</source>
        <translation>它是 XML，但不是 XSPF 播放列表。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/xspf.py"/>
        <source>Its XML is damaged: what came before the damage was read.</source>
        <translation>其 XML 已损坏：读取了损坏之前的内容。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/xspf.py"/>
        <source>Its XML is nested too deeply.</source>
        <translation>其 XML 嵌套太深。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlist_files/xspf.py"/>
        <source>Its XML is damaged.</source>
        <translation>其 XML 已损坏。</translation>
    </message>
    <message>
        <location filename="../../app/library/playlists.py"/>
        <source>Playlist</source>
        <translation>播放列表</translation>
    </message>
    <message>
        <location filename="../../app/library/scan.py"/>
        <source>{} went away during the scan. What was read before is kept.</source>
        <translation>扫描时 {} 不见了。之前读取的都已保留。</translation>
    </message>
    <message>
        <location filename="../../app/library/scan_process.py"/>
        <source>The scan was broken off by the system. F5 goes on where it was.</source>
        <translation>扫描被系统中断。按 F5 从停下处继续。</translation>
    </message>
    <message>
        <location filename="../../app/library/scan_process.py"/>
        <source>A helper could not be started ({}).</source>
        <translation>无法启动辅助程序（{}）。</translation>
    </message>
    <message>
        <location filename="../../app/library/turns.py"/>
        <source>The drive of the folder {} is away, and another one is in its place.</source>
        <translation>文件夹 {} 所在的磁盘没有接上，它的位置上是另一个磁盘。</translation>
    </message>
    <message>
        <location filename="../../app/library/walk.py"/>
        <source>The folder {shown_path} could not be opened: {strerror}.</source>
        <translation>无法打开文件夹 {shown_path}：{strerror}。</translation>
    </message>
    <message>
        <location filename="../../app/playback/decoder.py"/>
        <source>The file could not be read any further.</source>
        <translation>无法继续读取文件。</translation>
    </message>
    <message>
        <location filename="../../app/playback/decoder.py"/>
        <source>Too much of this file is damaged.</source>
        <translation>这个文件损坏太多。</translation>
    </message>
    <message>
        <location filename="../../app/playback/device_output.py"/>
        <source>The sound output stopped. Press play to try it again.</source>
        <translation>声音输出停止了。按播放重试。</translation>
    </message>
    <message>
        <location filename="../../app/playback/file_bytes.py"/>
        <source>The file is not there any more.</source>
        <translation>文件已不在。</translation>
    </message>
    <message>
        <location filename="../../app/playback/file_bytes.py"/>
        <source>the name cannot be used</source>
        <translation>名称无法使用</translation>
    </message>
    <message>
        <location filename="../../app/playback/file_bytes.py"/>
        <source>The file cannot be opened ({}).</source>
        <translation>无法打开文件（{}）。</translation>
    </message>
    <message>
        <location filename="../../app/playback/loop.py"/>
        <source>Something went wrong while playing. The log has the details.</source>
        <translation>播放时出了问题。详情见日志。</translation>
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
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Added {} next</source>
        <translation>已将{}加到下一首</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Added {}</source>
        <translation>已添加{}</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Removed {}</source>
        <translation>已移除{}</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Moved {}</source>
        <translation>已移动{}</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Another queue</source>
        <translation>换了队列</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Moved a track</source>
        <translation>移动了一首曲目</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Emptied the queue</source>
        <translation>清空了队列</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Shuffle on</source>
        <translation>打开随机播放</translation>
    </message>
    <message>
        <location filename="../../app/playback/queue_edits.py"/>
        <source>Shuffle off</source>
        <translation>关闭随机播放</translation>
    </message>
    <message>
        <location filename="../../app/playback/render.py"/>
        <source>None of these files could be played.</source>
        <translation>这些文件都无法播放。</translation>
    </message>
    <message>
        <location filename="../../app/playback/route.py"/>
        <source>There is no sound output. It plays as soon as there is one.</source>
        <translation>没有声音输出。一有输出就会播放。</translation>
    </message>
    <message>
        <location filename="../../app/playback/route.py"/>
        <source>The sound output “{}” went away. The music waits.</source>
        <translation>声音输出“{}”不见了。音乐在等待。</translation>
    </message>
    <message>
        <location filename="../../app/playback/sound_process.py"/>
        <source>There is no sound output. Segue goes on without sound.</source>
        <translation>没有声音输出。Segue 将无声运行。</translation>
    </message>
    <message>
        <location filename="../../app/playback/teller.py"/>
        <source>The queue has changed since then. Its own Undo goes back one step after the other.</source>
        <translation>队列此后又有改动。请用队列自己的撤销逐步返回。</translation>
    </message>
    <message>
        <location filename="../../app/playback/teller.py"/>
        <source>{} files in a row could not be played. Their drive may be away.</source>
        <translation>连续 {} 个文件无法播放。磁盘可能没有接上。</translation>
    </message>
    <message>
        <location filename="../../app/playback/teller.py"/>
        <source>“{title}” was not played. {reason}</source>
        <translation>没有播放“{title}”。{reason}</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_alone.py"/>
        <source>The companion is already running.</source>
        <translation>Segue 伴侣已在运行。</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_alone.py"/>
        <source>Segue's folder cannot be used: {strerror} ({v2}).</source>
        <translation>无法使用 Segue 的文件夹：{strerror}（{v2}）。</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_service.py"/>
        <source>{} did not take the track.</source>
        <translation>{} 没有接受这首曲目。</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_service.py"/>
        <source>No player is open that takes a track. Start one, and try again.</source>
        <translation>没有打开可接受曲目的播放器。请启动一个，然后重试。</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_service.py"/>
        <source>The file of “{}” is not there.</source>
        <translation>“{}”的文件不在了。</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_service.py"/>
        <source>{} takes no tracks from other programs.</source>
        <translation>{} 不接受其他程序发来的曲目。</translation>
    </message>
    <message>
        <location filename="../../app/qt/companion_worker.py"/>
        <source>What another player plays could not be kept. The log has the details.</source>
        <translation>另一播放器正在播放的内容未能记录。详情见日志。</translation>
    </message>
    <message>
        <location filename="../../app/qt/file_service.py"/>
        <source>{} {} could not be opened either.</source>
        <translation>{}另有{}也无法打开。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/qt/file_service.py"/>
        <source>%n other file</source>
        <translation><numerusform>%n 个文件</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/qt/import_service.py"/>
        <source>A listening history is being read already. Try again when it is done.</source>
        <translation>已经在读取一份收听记录。请等它读完再试。</translation>
    </message>
    <message>
        <location filename="../../app/qt/log_keeper.py"/>
        <source>The last play could not be written to the log.</source>
        <translation>上一次播放无法写入记录。</translation>
    </message>
    <message>
        <location filename="../../app/qt/log_keeper.py"/>
        <source>The queue could not be kept. The log has the details.</source>
        <translation>无法保存队列。详情见日志。</translation>
    </message>
    <message>
        <location filename="../../app/qt/playback_service.py"/>
        <source>There is no sound output. Music plays once there is one.</source>
        <translation>没有声音输出。一有输出就会播放音乐。</translation>
    </message>
    <message>
        <location filename="../../app/qt/playback_service.py"/>
        <source>{} left the library and so the queue.</source>
        <translation>{}离开了音乐库，也离开了队列。</translation>
    </message>
    <message>
        <location filename="../../app/qt/playback_service.py"/>
        <source>The queue of last time could not be read.</source>
        <translation>无法读取上次的播放队列。</translation>
    </message>
    <message>
        <location filename="../../app/qt/playlist_service.py"/>
        <source>{word}, {matched:,} of {entrys} found in the library</source>
        <translation>{word}，音乐库中找到 {matched:,} 项，共 {entrys}</translation>
    </message>
    <message>
        <location filename="../../app/qt/playlist_service.py"/>
        <source>Wrote {tracks} to {shown_path}</source>
        <translation>已将{tracks}写入 {shown_path}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/qt/playlist_service.py"/>
        <source>%n playlist was left out</source>
        <translation><numerusform>略过了 %n 个播放列表</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/qt/playlist_service.py"/>
        <source>{}: more than {:,} entries are not taken at once.</source>
        <translation>{}：一次最多读入 {:,} 个条目。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/qt/playlist_service.py"/>
        <source>%n new playlist</source>
        <translation><numerusform>%n 个新播放列表</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/qt/playlist_service.py"/>
        <source>This playlist is not there any more.</source>
        <translation>这个播放列表已不在。</translation>
    </message>
    <message>
        <location filename="../../app/qt/stay_awake.py"/>
        <source>Playing music</source>
        <translation>正在播放音乐</translation>
    </message>
    <message>
        <location filename="../../app/qt/suggestion_service.py"/>
        <source>For you</source>
        <translation>为你推荐</translation>
    </message>
    <message>
        <location filename="../../app/qt/suggestion_service.py"/>
        <source>Looking at your library</source>
        <translation>正在查看你的音乐库</translation>
    </message>
    <message>
        <location filename="../../app/qt/sync_service.py"/>
        <source>It cannot be told what would be sent.</source>
        <translation>无法得知会发送什么。</translation>
    </message>
    <message>
        <location filename="../../app/qt/sync_service.py"/>
        <source>The sync was stopped; it goes on from there next time.</source>
        <translation>同步已停止；下次从这里继续。</translation>
    </message>
    <message>
        <location filename="../../app/qt/sync_service.py"/>
        <source>The sync was broken off by the system; what you have stays in use.</source>
        <translation>同步被系统中断；继续使用现有的模型。</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source>Took back the tags of {}</source>
        <translation>已撤回{}的标签</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source>Saved the tags of {}</source>
        <translation>已保存{}的标签</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source>; not changed: {files}. {reason}</source>
        <translation>；未更改：{files}。{reason}</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source>Not saved: {}</source>
        <translation>未保存：{}</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source>“{}”</source>
        <translation>“{}”</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source>Tags are being written. Try again when that is done.</source>
        <translation>正在写入标签。完成后请重试。</translation>
    </message>
    <message>
        <location filename="../../app/qt/tag_service.py"/>
        <source> ({} more)</source>
        <translation>（还有 {} 个）</translation>
    </message>
    <message>
        <location filename="../../app/storage/backup.py"/>
        <source>The library is damaged, so it was not backed up; older backups stay as they are.</source>
        <translation>音乐库已损坏，因此没有备份；旧备份保持原样。</translation>
    </message>
    <message>
        <location filename="../../app/storage/backup.py"/>
        <source>there is too little room on the disk</source>
        <translation>磁盘空间太少</translation>
    </message>
    <message>
        <location filename="../../app/storage/backup.py"/>
        <source>The folder of the backups cannot be read: {strerror} ({folder}).</source>
        <translation>无法读取备份文件夹：{strerror}（{folder}）。</translation>
    </message>
    <message>
        <location filename="../../app/storage/backup.py"/>
        <source>The library could not be backed up to {folder}: {reason}. Older backups stay as they are.</source>
        <translation>无法将音乐库备份到 {folder}：{reason}。旧备份保持原样。</translation>
    </message>
    <message>
        <location filename="../../app/storage/backup.py"/>
        <source>The backup {name} cannot be read: {error}.</source>
        <translation>无法读取备份 {name}：{error}。</translation>
    </message>
    <message>
        <location filename="../../app/storage/backup.py"/>
        <source>it cannot be checked</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>it can only be read</source>
        <translation>只能读取</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>its disk is full; make some room, nothing that was in it is lost</source>
        <translation>磁盘已满；请腾出空间，其中的内容没有丢失</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>it cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>its disk cannot be read or written</source>
        <translation>无法读写其磁盘</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>Segue was updated while it was open. Start it again to scan.</source>
        <translation>Segue 在运行期间已更新。请重新启动后再扫描。</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>Segue's library cannot be used: {reason} ({path}).</source>
        <translation>无法使用 Segue 的音乐库：{reason}（{path}）。</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>Segue's library file is damaged. It was left as it is at {path}, and {kept}. Restore a backup in its place, or move it and its backups away to begin with an empty library.</source>
        <translation>Segue 的音乐库文件已损坏。它原样留在 {path}，{kept}。请恢复备份，或移走它及其备份，从空的音乐库开始。</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>Another program is using Segue's library. Close it and try again; nothing was changed.</source>
        <translation>别的程序正在使用 Segue 的音乐库。请关闭后重试；没有改动任何东西。</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>a copy is kept as {}</source>
        <translation>副本保留为 {}</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>no copy could be made</source>
        <translation>无法制作副本</translation>
    </message>
    <message>
        <location filename="../../app/storage/database.py"/>
        <source>This library was opened by a newer Segue. Update Segue to use it; nothing was changed.</source>
        <translation>这个音乐库曾由更新的 Segue 打开。请更新 Segue 后使用；没有改动任何东西。</translation>
    </message>
    <message>
        <location filename="../../app/storage/health.py"/>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <location filename="../../app/storage/imports.py"/>
        <source>There is no room for the history while it is read ({error}).</source>
        <translation>读取收听记录时空间不足（{error}）。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>Deleted the playlist “{}”</source>
        <translation>删除了播放列表“{}”</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>A playlist needs a name.</source>
        <translation>播放列表需要名称。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>A rule may be {:,} characters long.</source>
        <translation>规则最多 {:,} 个字符。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>A smart playlist holds between 1 and {:,} tracks.</source>
        <translation>智能播放列表可容纳 1 到 {:,} 首曲目。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>Made the playlist</source>
        <translation>已创建播放列表</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>Renamed the playlist</source>
        <translation>已重命名播放列表</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>Only a smart playlist has a rule.</source>
        <translation>只有智能播放列表有规则。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>Changed the search</source>
        <translation>已更改搜索</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>A smart playlist holds what its rule finds. Change the rule, or save it as a plain list.</source>
        <translation>智能播放列表包含其规则找到的内容。请更改规则，或另存为普通列表。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>A playlist holds at most {:,} tracks.</source>
        <translation>播放列表最多可容纳 {:,} 首曲目。</translation>
    </message>
    <message>
        <location filename="../../app/storage/playlists.py"/>
        <source>This can no longer be undone: the playlist has been changed since.</source>
        <translation>无法再撤销：播放列表之后已更改。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>The backup of {} is in place.</source>
        <translation>{} 的备份已就位。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>{said} The library that was there is kept as {name}.</source>
        <translation>{said}原来的音乐库保留为 {name}。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>Segue is using its library. Close it and try again; nothing was changed.</source>
        <translation>Segue 正在使用音乐库。请关闭后重试；没有改动任何东西。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>The backup {name} is damaged ({trouble}); nothing was changed. Try an older one.</source>
        <translation>备份 {name} 已损坏（{trouble}）；没有改动任何东西。请试较旧的备份。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>The copy of the backup {name} could not be read back: {trouble}.</source>
        <translation>备份 {name} 的副本无法读回：{trouble}。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>The backup could not be put in place: {}. The library is as it was.</source>
        <translation>无法放置备份：{}。音乐库保持原样。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>Segue's library cannot be written: {strerror} ({database}).</source>
        <translation>无法写入 Segue 的音乐库：{strerror}（{database}）。</translation>
    </message>
    <message>
        <location filename="../../app/storage/restore.py"/>
        <source>The backup was made by a newer Segue. Update Segue to use it; nothing was changed.</source>
        <translation>这个备份由更新的 Segue 制作。请更新 Segue 后使用；没有改动任何东西。</translation>
    </message>
    <message>
        <location filename="../../app/storage/salvage.py"/>
        <source>Taken over: {}.</source>
        <translation>已接收：{}。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer play</source>
        <translation><numerusform>%n 次较新的播放</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer verdict on suggestions</source>
        <translation><numerusform>%n 条较新的推荐意见</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer playlist</source>
        <translation><numerusform>%n 个较新的播放列表</numerusform></translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/storage/salvage.py"/>
        <source>%n newer music folder</source>
        <translation><numerusform>%n 个较新的音乐文件夹</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/storage/salvage.py"/>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>Liked by listeners of {}</source>
        <translation>听 {} 的人也喜欢</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>Not in your library. From a model of {}</source>
        <translation>不在你的音乐库中。来自{}的模型</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>ListenBrainz recommends it to you</source>
        <translation>ListenBrainz 向你推荐</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>{} have it</source>
        <translation>{}有它</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>You play {}</source>
        <translation>你常听 {}</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>Listeners of {} like the artist</source>
        <translation>听 {} 的人喜欢这位艺人</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>Others play it with {}</source>
        <translation>别人常把它和 {} 一起听</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/crowd.py"/>
        <source>Not in your library. {}</source>
        <translation>不在你的音乐库中。{}</translation>
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
        <source>Too early to tell: {listens} so far, and {needed} are needed.</source>
        <translation>现在下结论还太早：目前{listens}，需要 {needed} 次。</translation>
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
    <message>
        <location filename="../../app/suggestions/grade.py"/>
        <source> and </source>
        <translation>和</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/lane.py"/>
        <source>There is nothing else to play</source>
        <translation>没有别的可播放</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/lane.py"/>
        <source>Not heard in your last {} plays</source>
        <translation>你最近 {} 次播放里没有它</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/lane.py"/>
        <source>Everything was heard lately; this longest ago</source>
        <translation>都是最近听过的；这首隔得最久</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>From {}</source>
        <translation>来自 {}</translation>
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
        <source>No plays yet. These come from tags</source>
        <translation>还没有播放记录。这些推荐来自标签</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>From {plays}; under {least}, so tags lead</source>
        <translation>来自 {plays}；不足 {least} 次，以标签为主</translation>
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
        <source>For {artist}</source>
        <translation>为 {artist} 推荐</translation>
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
        <source>They come once there is music in your library.</source>
        <translation>音乐库里有了音乐就会有推荐。</translation>
    </message>
    <message>
        <location filename="../../app/suggestions/suggest.py"/>
        <source>You do not have these</source>
        <translation>你还没有这些</translation>
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
        <translation>{played}，上次{month}</translation>
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
        <location filename="../../app/sync/giving.py"/>
        <source>listens withdrawn</source>
        <translation>撤回的收听记录</translation>
    </message>
    <message>
        <location filename="../../app/sync/giving.py"/>
        <source>Deniable answers are about the recordings of a model: sync one first.</source>
        <translation>可否认的回答针对模型中的录音：请先同步一个模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/giving.py"/>
        <source>The model in use does not say what its recordings are called.</source>
        <translation>正在使用的模型没有说明其录音的名称。</translation>
    </message>
    <message>
        <location filename="../../app/sync/giving.py"/>
        <source>listens given</source>
        <translation>提供的收听记录</translation>
    </message>
    <message>
        <location filename="../../app/sync/giving.py"/>
        <source>This is no token of a model service.</source>
        <translation>这不是模型服务的令牌。</translation>
    </message>
    <message>
        <location filename="../../app/sync/models.py"/>
        <source>There is no earlier model to go back to.</source>
        <translation>没有可以退回的旧模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/models.py"/>
        <source>Another sync is going on.</source>
        <translation>另一次同步正在进行。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/folder.py"/>
        <source>The model in the folder is not whole: {} is missing.</source>
        <translation>文件夹里的模型不完整：缺少 {}。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/folder.py"/>
        <source>The model in the folder is not whole: {} has another size.</source>
        <translation>文件夹里的模型不完整：{} 的大小不符。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/folder.py"/>
        <source>Choose the folder by its whole path.</source>
        <translation>请用完整路径选择文件夹。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/folder.py"/>
        <source>The folder holds another model than a moment ago; try again.</source>
        <translation>文件夹里的模型刚刚换了；请再试一次。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/folder.py"/>
        <source>There is no model in the folder {}.</source>
        <translation>文件夹 {} 里没有模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/listenbrainz.py"/>
        <source>What ListenBrainz answered for {}.</source>
        <translation>ListenBrainz 对 {} 的回答。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/listenbrainz.py"/>
        <source>ListenBrainz knows nothing to recommend to {} yet.</source>
        <translation>ListenBrainz 还没有可向 {} 推荐的。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/registry.py"/>
        <source>Models from elsewhere are off.</source>
        <translation>外来模型已关闭。</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>whose signatures the models carry</source>
        <translation>模型由谁签名</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>what is newest, and who signed it</source>
        <translation>什么是最新的，由谁签名</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>whether the signers have changed</source>
        <translation>签名者是否有变</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>the newest model's description</source>
        <translation>最新模型的说明</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>each part of the model that is not here yet</source>
        <translation>这里还没有的模型各部分</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>only of a model above 64 MB: the pieces with recordings of yours, among as many others</source>
        <translation>仅当模型超过 64 MB：含有你的录音的片段，混在同样多的其他片段之中</translation>
    </message>
    <message>
        <location filename="../../app/sync/providers/service.py"/>
        <source>The signers there are not those you were told of: their fingerprint is {}.</source>
        <translation>那里的签名者不是你被告知的：他们的指纹是 {}。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>A new model is in use: {recordings} of {listeners}.</source>
        <translation>已启用新模型：{recordings}，{listeners}。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>{} The model you have stays in use.</source>
        <translation>{} 继续使用现有的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>The model cannot be kept ({}).</source>
        <translation>无法保存模型（{}）。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>A new model is in use: {}.</source>
        <translation>已启用新模型：{}。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>The disk is full; make some room for the model.</source>
        <translation>磁盘已满；请为模型腾出空间。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>The newest model is in use already.</source>
        <translation>已在使用最新的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>There is no newer model than the one you went back from.</source>
        <translation>没有比你退回前更新的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>The model is too large ({} MB).</source>
        <translation>模型太大（{} MB）。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>The model that came is not the one that was offered.</source>
        <translation>收到的模型与所说的不符。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>the model here stays.</source>
        <translation>保留这里的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/run.py"/>
        <source>There is too little memory for this model.</source>
        <translation>内存不足，无法使用这个模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} did not answer in time.</source>
        <translation>{host} 没有及时回答。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} was not found. Is there a network?</source>
        <translation>找不到 {host}。有网络吗？</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The connection to {host} failed.</source>
        <translation>连接 {host} 失败。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} could not prove who it is; nothing was fetched.</source>
        <translation>{host} 无法证明自己的身份；没有获取任何内容。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The connection ended before all had come.</source>
        <translation>全部到达之前连接就断了。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The server is busy; it will be asked again later.</source>
        <translation>服务器繁忙；稍后再问。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The server answered with an error ({status}).</source>
        <translation>服务器回答出错（{status}）。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The server sends more than was asked for.</source>
        <translation>服务器发来的比所要的多。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The server sends more than was signed.</source>
        <translation>服务器发来的比签名的多。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The server's answer makes no sense.</source>
        <translation>服务器的回答无法理解。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>There is no repository of models at this address.</source>
        <translation>这个地址没有模型库。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The repository holds no whole model.</source>
        <translation>模型库里没有完整的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The repository's files do not belong together; nothing was changed.</source>
        <translation>模型库的文件不相配；没有任何改动。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>What the server sent is not what was signed; it was thrown away.</source>
        <translation>服务器发来的不是签过名的内容；已丢弃。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>What the server shows is not signed by whom it should be; the model here stays.</source>
        <translation>服务器给出的内容没有应有的签名；保留这里的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The server shows an older state than before; the model here stays.</source>
        <translation>服务器给出的比以前的旧；保留这里的模型。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The repository has not said for too long what is newest; the model here stays. Is this machine's date right?</source>
        <translation>模型库太久没有说明什么是最新的；保留这里的模型。本机日期对吗？</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} leads on to an address without encryption ({other}); it was not followed.</source>
        <translation>{host} 转到没有加密的地址（{other}）；没有跟去。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} leads on to a machine of your own network ({other}); it was not followed.</source>
        <translation>{host} 转到你自己网络里的机器（{other}）；没有跟去。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} leads on and on.</source>
        <translation>{host} 一再转向别处。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{host} is outside this network: its address has to begin with https://.</source>
        <translation>{host} 不在本地网络：它的地址必须以 https:// 开头。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>Only addresses that begin with https:// can be asked, or http:// inside this network.</source>
        <translation>只能访问以 https:// 开头的地址，或本地网络内的 http://。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>An address must not hold a name or a password.</source>
        <translation>地址中不能有用户名或密码。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>This is not an address of the web.</source>
        <translation>这不是网址。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>There is no room left on the disk.</source>
        <translation>磁盘没有空间了。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's manifest cannot be read: {reason}.</source>
        <translation>无法读取模型的清单：{reason}。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's manifest is too large to be one.</source>
        <translation>模型的清单过大。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>{what} is damaged: it is not valid JSON.</source>
        <translation>{what} 已损坏：不是有效的 JSON。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>This is not the manifest of a community's model.</source>
        <translation>这不是听众模型的清单。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>This model was made for another version of the program, in a format not known here.</source>
        <translation>这个模型是为程序的另一个版本制作的，格式未知。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>This model names its recordings in a way not known here.</source>
        <translation>这个模型给录音命名的方式未知。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's file has {size} bytes instead of {promised}: get it again.</source>
        <translation>模型文件有 {size} 字节，而不是 {promised} 字节：请重新获取。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's file is not the one its manifest describes: its digest differs.</source>
        <translation>模型文件与清单不符：摘要不同。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's file is damaged: its arrays do not fit together.</source>
        <translation>模型文件已损坏：各部分不相配。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's file is damaged: "{name}" holds a number that is not finite.</source>
        <translation>模型文件已损坏：“{name}”中有非有限的数。</translation>
    </message>
    <message>
        <location filename="../../app/sync/trouble.py"/>
        <source>The model's manifest is damaged: "{name}" is missing or makes no sense.</source>
        <translation>模型的清单已损坏：“{name}”缺失或无意义。</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Previous track</source>
        <translation>上一首</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Forward 5 seconds</source>
        <translation>前进 5 秒</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Back 5 seconds</source>
        <translation>后退 5 秒</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Louder</source>
        <translation>调高音量</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Quieter</source>
        <translation>调低音量</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Repeat: off, all, one</source>
        <translation>循环：关、全部、单曲</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Autoplay: play on behind the queue</source>
        <translation>自动播放：队列之后继续播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Faster</source>
        <translation>加快</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Slower</source>
        <translation>减慢</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Normal speed</source>
        <translation>正常速度</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Library</source>
        <translation>音乐库</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Love what is chosen, or what plays</source>
        <translation>喜欢所选曲目或正在播放的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Group tables of tracks by album</source>
        <translation>曲目列表按专辑分组</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Undo what was done last</source>
        <translation>撤销上一步操作</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Go to</source>
        <translation>前往</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Albums</source>
        <translation>专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Artists</source>
        <translation>艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Tracks</source>
        <translation>曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Genres</source>
        <translation>流派</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Playlists</source>
        <translation>播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Show or hide the right panel</source>
        <translation>显示或隐藏右侧面板</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>How good are the suggestions?</source>
        <translation>推荐有多准？</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Add a music folder…</source>
        <translation>添加音乐文件夹…</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Look for changes</source>
        <translation>查找变化</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Files that could not be read…</source>
        <translation>无法读取的文件…</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Segue Companion</source>
        <translation>Segue 伴侣</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Larger text and rows</source>
        <translation>放大文字和行</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Smaller text and rows</source>
        <translation>缩小文字和行</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Text and rows as the system has them</source>
        <translation>恢复系统文字大小</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>About Segue</source>
        <translation>关于 Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Why? (in You may like)</source>
        <translation>为什么？（在“你可能喜欢”中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Love, not now, less like this, never (in You may like)</source>
        <translation>喜欢、暂不、少推荐、永不（在“你可能喜欢”中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>L, N, −, Delete</source>
        <translation>L、N、−、Delete</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Give stars (in tables of tracks)</source>
        <translation>评星（在曲目表中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>0 to 5</source>
        <translation>0 至 5</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Details and tags (in tables of tracks)</source>
        <translation>详情与标签（在曲目表中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Alt+Enter</source>
        <translation>Alt+Enter</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Menu of the row</source>
        <translation>该行的菜单</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Menu or Shift+F10</source>
        <translation>Menu 或 Shift+F10</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Remove (in Queue)</source>
        <translation>移除（在队列中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Move (in Queue)</source>
        <translation>移动（在队列中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Alt+Up or Alt+Down</source>
        <translation>Alt+↑ 或 Alt+↓</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Remove, move (in Autoplay)</source>
        <translation>移除、移动（在自动播放中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Delete, Alt+Up or Alt+Down</source>
        <translation>Delete、Alt+↑ 或 Alt+↓</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Go to that moment (in Lyrics)</source>
        <translation>跳到那一刻（在歌词中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Redo (in Queue)</source>
        <translation>重做（在队列中）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Seek 5 s, with Shift 30 s (on the bar)</source>
        <translation>快进快退 5 秒，按住 Shift 为 30 秒（在进度条上）</translation>
    </message>
    <message>
        <location filename="../../app/ui/actions.py"/>
        <source>Left, Right</source>
        <translation>←、→</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Playing in {}</source>
        <translation>正在 {} 中播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Paused in {}</source>
        <translation>已在 {} 中暂停</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Stopped in {}</source>
        <translation>已在 {} 中停止</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Unknown player</source>
        <translation>未知播放器</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Another player</source>
        <translation>换一个播放器</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Not in your library</source>
        <translation>不在你的音乐库中</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/head.py"/>
        <source>Nothing is playing</source>
        <translation>没有播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/players_dialog.py"/>
        <source>What plays in a player with a tick is remembered. Nothing is kept of the others.</source>
        <translation>打勾的播放器中播放的内容会被记住，其他播放器的不会保留任何内容。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/players_dialog.py"/>
        <source>Players</source>
        <translation>播放器</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/players_dialog.py"/>
        <source>No player has been seen yet.</source>
        <translation>还没有见到任何播放器。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/players_dialog.py"/>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/sent_suggestions.py"/>
        <source>{plays} today</source>
        <translation>今天 {plays}</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/sent_suggestions.py"/>
        <source>Play in {}</source>
        <translation>在 {} 中播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Other players are seen over the desktop's session bus (D-Bus). It does not answer.</source>
        <translation>其他播放器是通过桌面的会话总线（D-Bus）看到的，而它没有应答。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Suggestions come from the music that Segue has read. Open Segue and show it your music folder.</source>
        <translation>推荐来自 Segue 读取过的音乐。请打开 Segue，为它指定音乐文件夹。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Start Strawberry, Rhythmbox, VLC, mpv or another one, and it appears here. Segue keeps its own plays and needs no companion.</source>
        <translation>启动 Strawberry、Rhythmbox、VLC、mpv 或其他播放器，它就会出现在这里。Segue 自己会记录播放，不需要伴侣。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Nothing of what plays there is kept, and nothing is suggested for it.</source>
        <translation>那里播放的内容不会保留，也不会为它推荐。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>You ignore {}</source>
        <translation>你忽略了 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Other players cannot be seen</source>
        <translation>看不到其他播放器</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Your library is empty</source>
        <translation>你的音乐库是空的</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Open Segue</source>
        <translation>打开 Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>No other player is running</source>
        <translation>没有其他播放器在运行</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/states.py"/>
        <source>Follow it again</source>
        <translation>重新跟随</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/tray.py"/>
        <source>The companion follows on</source>
        <translation>伴侣会继续跟随</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/tray.py"/>
        <source>The icon in the tray brings the window back. To end the companion, choose Quit in its menu.</source>
        <translation>点击托盘中的图标即可恢复窗口。要结束伴侣，请在其菜单中选择“退出”。</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/tray.py"/>
        <source>Show the companion</source>
        <translation>显示伴侣</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/tray.py"/>
        <source>Follow {} again</source>
        <translation>重新跟随 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/tray.py"/>
        <source>Ignore {}</source>
        <translation>忽略 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/tray.py"/>
        <source>Hide the companion</source>
        <translation>隐藏伴侣</translation>
    </message>
    <message>
        <location filename="../../app/ui/companion/window.py"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../app/ui/delegates/album_heading.py"/>
        <source>No album</source>
        <translation>无专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/delegates/queue_row.py"/>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <location filename="../../app/ui/delegates/text.py"/>
        <source>{hours:,} h</source>
        <translation>{hours:,} 小时</translation>
    </message>
    <message>
        <location filename="../../app/ui/delegates/text.py"/>
        <source>{hours:,} h {rest} min</source>
        <translation>{hours:,} 小时 {rest} 分钟</translation>
    </message>
    <message>
        <location filename="../../app/ui/delegates/text.py"/>
        <source>{} min</source>
        <translation>{} 分钟</translation>
    </message>
    <message>
        <location filename="../../app/ui/device_button.py"/>
        <source>Sound output</source>
        <translation>声音输出</translation>
    </message>
    <message>
        <location filename="../../app/ui/device_button.py"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../app/ui/device_button.py"/>
        <source>Sound output: {}</source>
        <translation>声音输出：{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/device_button.py"/>
        <source>The system's default</source>
        <translation>系统默认</translation>
    </message>
    <message>
        <location filename="../../app/ui/device_button.py"/>
        <source>There is no sound output</source>
        <translation>没有声音输出</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/about.py"/>
        <source>Segue {}. A music player that remembers every play and answers “what now?” on your own machine.</source>
        <translation>Segue {}。一款音乐播放器，记住每一次播放，在你自己的电脑上回答“接下来听什么？”。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/about.py"/>
        <source>Free software under the GNU General Public License, version 3 or later. You may use, study, share and change it. It comes without any warranty.</source>
        <translation>自由软件，采用 GNU 通用公共许可证第 3 版或更高版本。你可以使用、研究、分享和修改它。不提供任何担保。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/about.py"/>
        <source>Built on Qt, FFmpeg, NumPy, SciPy, mutagen and SQLite. Icons: Remix Icon; Chinese character forms: OpenCC (both Apache License 2.0).</source>
        <translation>基于 Qt、FFmpeg、NumPy、SciPy、mutagen 和 SQLite。图标：Remix Icon；汉字字形：OpenCC（均为 Apache 许可证 2.0）。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Ctrl with + and − makes text larger and smaller at any time; Ctrl+0 is the system's size.</source>
        <translation>随时可用 Ctrl 加 + 或 − 放大或缩小文字；Ctrl+0 恢复系统大小。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Text and rows</source>
        <translation>文字和行</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Rows of tables</source>
        <translation>列表行高</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>The system's language</source>
        <translation>系统语言</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Compact</source>
        <translation>紧凑</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Normal</source>
        <translation>正常</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/appearance.py"/>
        <source>Roomy</source>
        <translation>宽松</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>Nothing is sent. The model is read from {place}; your plays and your library stay on this machine.</source>
        <translation>什么都不会发送。模型从 {place} 读取；你的播放记录和音乐库都留在本机。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>These requests are sent to {host}, and no others. They name no track and no listener: whoever answers learns that somebody at your address fetches models, and when. A model above 64 MB comes in pieces of some thousand recordings; those with recordings of yours are asked for among as many others, always the same ones.</source>
        <translation>只向 {host} 发送这些请求。它们不提任何曲目和听众：对方只知道你的地址上有人获取模型，以及什么时候。超过 64 MB 的模型分成每块数千首录音；含有你的录音的块混在同样多的其他块中请求，每次都是同样的那些。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>Your name there and the MusicBrainz numbers of the recordings you play most are sent to {host}. Whoever answers learns that you have these recordings. What comes back is put together on this machine.</source>
        <translation>你在那里的名字，以及你最常听的录音的 MusicBrainz 编号，会发送到 {host}。对方会知道你有这些录音。收到的内容在本机整理。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>What is sent</source>
        <translation>会发送什么</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>Putting the requests together</source>
        <translation>正在整理请求</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>The requests, as they are sent</source>
        <translation>请求原文</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>Agree and sync</source>
        <translation>同意并同步</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/consent.py"/>
        <source>Not now</source>
        <translation>暂不</translation>
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
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Removing a folder leaves its files where they are. What you played stays remembered.</source>
        <translation>移除文件夹不会动其中的文件。你播放过的仍会记住。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>What you heard elsewhere: exports of ListenBrainz, Last.fm and Spotify, and .scrobbler.log files.</source>
        <translation>你在别处听过的：ListenBrainz、Last.fm 和 Spotify 的导出文件，以及 .scrobbler.log 文件。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Music folders</source>
        <translation>音乐文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Import a listening history…</source>
        <translation>导入收听记录…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Leave out untagged sounds under</source>
        <translation>略过短于此的无标签声音</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source> seconds</source>
        <translation> 秒</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/folders.py"/>
        <source>Listening history</source>
        <translation>收听记录</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Listening histories (*.zip *.json *.jsonl *.csv *.tsv *.txt *.log .scrobbler.log);;All files (*)</source>
        <translation>收听记录 (*.zip *.json *.jsonl *.csv *.tsv *.txt *.log .scrobbler.log);;所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>{plays} from {first} to {last}, told by {sources}.</source>
        <translation>{first} 年到 {last} 年的 {plays}，来自 {sources}。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>{share:.0%} of them are of music you have here.</source>
        <translation>其中 {share:.0%} 是你这里有的音乐。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Choose a listening history</source>
        <translation>选择收听记录</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Plays are only ever added. A backup of the library is made before.</source>
        <translation>只会添加播放记录。导入前会先备份音乐库。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>No plays were found in the files of {sources}.</source>
        <translation>在 {sources} 的文件里没有找到播放记录。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>{plays} in {year}, told by {sources}.</source>
        <translation>{year} 年的 {plays}，来自 {sources}。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Segue reads exports of ListenBrainz, Last.fm and Spotify, and .scrobbler.log files.</source>
        <translation>Segue 能读取 ListenBrainz、Last.fm 和 Spotify 的导出文件，以及 .scrobbler.log 文件。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>The others are kept, too, and count for that music once you add it.</source>
        <translation>其余的也会保留，等你添加了那些音乐就会计入。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>left out: {reason}</source>
        <translation>略去：{reason}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Import a listening history</source>
        <translation>导入收听记录</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>new</source>
        <translation>新的</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>known already</source>
        <translation>已经有了</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>told twice, counted once</source>
        <translation>重复记录，只算一次</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Import {}</source>
        <translation>导入 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/importing.py"/>
        <source>Most played of what is not here: {artists}</source>
        <translation>这里没有的音乐里听得最多的：{artists}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Plays quiet and loud recordings equally loud, by the ReplayGain in their tags. Automatic keeps the differences within an album that plays in order.</source>
        <translation>按标签中的 ReplayGain 让响度不同的录音一样响。“自动”会保留按顺序播放的专辑内部的差别。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>By track</source>
        <translation>按曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>By album</source>
        <translation>按专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Equal loudness</source>
        <translation>均衡响度</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Louder or quieter than ReplayGain asks</source>
        <translation>比 ReplayGain 更响或更轻</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Preamp</source>
        <translation>前置放大</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Equaliser</source>
        <translation>均衡器</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Equaliser preset</source>
        <translation>均衡器预设</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Your own</source>
        <translation>自定义</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/loudness.py"/>
        <source>{:g} hertz, in decibels</source>
        <translation>{:g} 赫兹，以分贝计</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>A model says what many listeners play beside what. It makes Never heard better and is used on this machine only. Before anything is sent you are shown all of it.</source>
        <translation>模型说明许多听众把什么和什么一起听。它让“从未听过”更准，只在本机使用。发送任何内容之前，都会先全部给你看。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>In use: {recordings}, made on {day}, {size} MB.</source>
        <translation>正在使用：{recordings}，制作于 {day}，{size} MB。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Nowhere: no connection is opened</source>
        <translation>不使用：不打开任何连接</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>A folder on this machine</source>
        <translation>本机的文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>A service or a web host</source>
        <translation>服务或网站</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>ListenBrainz</source>
        <translation>ListenBrainz</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>No model is here; the suggestions come from your own plays and tags.</source>
        <translation>这里没有模型；推荐来自你自己的播放和标签。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>{recordings} of {listeners}</source>
        <translation>{recordings}，{listeners}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Signed by {}.</source>
        <translation>签名：{}。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Fingerprint of the signers</source>
        <translation>签名者的指纹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Your name there</source>
        <translation>你在那里的名字</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Address for what is similar</source>
        <translation>查询相似内容的地址</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>What similar means</source>
        <translation>相似的算法</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>The same for artists</source>
        <translation>艺人相似的算法</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Models come from</source>
        <translation>模型来源</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Where you were told it; another one is refused</source>
        <translation>若有人告知过你；不同的会被拒绝</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Once a day by itself</source>
        <translation>每天自动一次</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>What was sent…</source>
        <translation>发送过什么…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>A folder with a model</source>
        <translation>含有模型的文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>What others play</source>
        <translation>别人在听什么</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>What is sent…</source>
        <translation>会发送什么…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Remove the model</source>
        <translation>移除模型</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Go back to the model of {}</source>
        <translation>退回到 {} 的模型</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network.py"/>
        <source>Turn on…</source>
        <translation>开启…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>{} so far, the newest first.</source>
        <translation>至今 {}，最新的在前。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>What was sent</source>
        <translation>发送过什么</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>no answer yet</source>
        <translation>尚无回答</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Where</source>
        <translation>去向</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Bytes out</source>
        <translation>发出字节</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Bytes in</source>
        <translation>收到字节</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>What for</source>
        <translation>用途</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/network_log.py"/>
        <source>Nothing was sent.</source>
        <translation>没有发送过任何内容。</translation>
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
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>{} could not be read</source>
        <translation>{}无法读取</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>; {} left out as too short.</source>
        <translation>；{}因太短而略过。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>Files and reasons</source>
        <translation>文件与原因</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>%n untagged sound</source>
        <translation><numerusform>%n 个无标签的声音</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>Every file could be read.</source>
        <translation>所有文件都能读取。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/scan_report.py"/>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/settings.py"/>
        <source>Pages of the settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/shortcuts.py"/>
        <source>In lists</source>
        <translation>在列表中</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/shortcuts.py"/>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Tracks in all</source>
        <translation>音轨总数</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Discs in all</source>
        <translation>碟片总数</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{day}, {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Artist</source>
        <translation>艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Album artist</source>
        <translation>专辑艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Genre</source>
        <translation>流派</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Composer</source>
        <translation>作曲</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Track</source>
        <translation>音轨</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Disc</source>
        <translation>碟片</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>stereo</source>
        <translation>立体声</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>%n channel</source>
        <translation><numerusform>%n 个声道</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{:,.1f} MB</source>
        <translation>{:,.1f} MB</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{:,.1f} kB</source>
        <translation>{:,.1f} kB</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>The file is not where it was: its tags cannot be edited.</source>
        <translation>文件不在原处：无法编辑标签。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>This track is a part of a file, named by a cue sheet: its tags cannot be edited here.</source>
        <translation>这首曲目是文件的一部分，由 CUE 文件命名：无法在此编辑标签。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Details of {}</source>
        <translation>{}的详情</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Save tags</source>
        <translation>保存标签</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Plays</source>
        <translation>播放次数</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Added</source>
        <translation>添加于</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{:g} kHz</source>
        <translation>{:g} kHz</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{:,} kbit/s</source>
        <translation>{:,} kbit/s</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Tempo</source>
        <translation>速度</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Sound’s hash</source>
        <translation>声音的哈希</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>track</source>
        <translation>曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>album</source>
        <translation>专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{gain:+.2f} dB ({scope})</source>
        <translation>{gain:+.2f} dB（{scope}）</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>These are the first {count:,} of {all:,} chosen tracks; the others stay as they are.</source>
        <translation>这里是所选 {all:,} 首中的前 {count:,} 首；其余保持不变。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Not where they were, and so not edited: {}.</source>
        <translation>文件已不在原处，因此不编辑：{}。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Parts of a file, named by a cue sheet, and so not edited: {}.</source>
        <translation>属于由 CUE 表划分的文件，因此不编辑：{}。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Last played</source>
        <translation>上次播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Plays in file</source>
        <translation>文件中的播放次数</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{:g} of 5 stars</source>
        <translation>{:g} 星（共 5 星）</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{:g} beats a minute</source>
        <translation>每分钟 {:g} 拍</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>of</source>
        <translation>/</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Several values</source>
        <translation>多个值</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>{}, told from the letters; the file is as it was</source>
        <translation>{}，由文字推断；文件保持原样</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source>As the text stands in the file</source>
        <translation>文件中的原文</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/track_details.py"/>
        <source> (missing)</source>
        <translation>（缺失）</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/trouble.py"/>
        <source>Restore the backup of {}</source>
        <translation>恢复 {} 的备份</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/trouble.py"/>
        <source>Begin with an empty library</source>
        <translation>从空的音乐库开始</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Choose a music folder</source>
        <translation>选择音乐文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Welcome to Segue</source>
        <translation>欢迎使用 Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Choose another folder…</source>
        <translation>选择别的文件夹…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Your folder</source>
        <translation>你的文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Music folder found</source>
        <translation>找到音乐文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>{} chosen</source>
        <translation>已选择 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>You see what is in them first.</source>
        <translation>导入前会先让你看到里面有什么。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Segue plays the music on this computer, remembers every play, and suggests what could come next. Everything stays on this computer.</source>
        <translation>Segue 播放这台电脑上的音乐，记住每一次播放，并推荐接下来可以听什么。一切都留在这台电脑上。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>No music folder was found</source>
        <translation>没有找到音乐文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Choose where your music is.</source>
        <translation>请选择你的音乐所在的位置。</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>Did you listen elsewhere?</source>
        <translation>你在别处听过音乐吗？</translation>
    </message>
    <message>
        <location filename="../../app/ui/dialogs/welcome.py"/>
        <source>In ListenBrainz, Last.fm, Spotify or Rockbox</source>
        <translation>ListenBrainz、Last.fm、Spotify 或 Rockbox</translation>
    </message>
    <message>
        <location filename="../../app/ui/icons.py"/>
        <source>Your plays</source>
        <translation>你的播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/icons.py"/>
        <source>What follows</source>
        <translation>接续</translation>
    </message>
    <message>
        <location filename="../../app/ui/icons.py"/>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <location filename="../../app/ui/icons.py"/>
        <source>Other listeners</source>
        <translation>其他听众</translation>
    </message>
    <message>
        <location filename="../../app/ui/icons.py"/>
        <source>Against</source>
        <translation>减分</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/cards.py"/>
        <source>Search: {}</source>
        <translation>搜索：{}</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/item_models/cards.py"/>
        <source>%n album</source>
        <translation><numerusform>%n 张专辑</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Monday</source>
        <translation>星期一</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Tuesday</source>
        <translation>星期二</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Wednesday</source>
        <translation>星期三</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Thursday</source>
        <translation>星期四</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Friday</source>
        <translation>星期五</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Saturday</source>
        <translation>星期六</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Sunday</source>
        <translation>星期日</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Left after {}</source>
        <translation>{} 后离开</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Listened to</source>
        <translation>听过</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Heard to the end</source>
        <translation>听到了结尾</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Skipped after {}</source>
        <translation>{} 后跳过</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Turned away after {}</source>
        <translation>{} 后拒绝</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Could not be played</source>
        <translation>无法播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/plays.py"/>
        <source>{weekday} {date}</source>
        <translation>{date} {weekday}</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/ranking.py"/>
        <source>{names}, {listens}, {time}</source>
        <translation>{names}，{listens}，{time}</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/tracks.py"/>
        <source>Year</source>
        <translation>年份</translation>
    </message>
    <message>
        <location filename="../../app/ui/item_models/tracks.py"/>
        <source>, the file is missing</source>
        <translation>，文件缺失</translation>
    </message>
    <message>
        <location filename="../../app/ui/love_button.py"/>
        <source>Love</source>
        <translation>喜欢</translation>
    </message>
    <message>
        <location filename="../../app/ui/love_button.py"/>
        <source>Loved; press to take it back (Ctrl+D)</source>
        <translation>已喜欢；再按取消（Ctrl+D）</translation>
    </message>
    <message>
        <location filename="../../app/ui/love_button.py"/>
        <source>Love (Ctrl+D)</source>
        <translation>喜欢（Ctrl+D）</translation>
    </message>
    <message>
        <location filename="../../app/ui/main_window.py"/>
        <source>{title} · {shown_artist} · Segue</source>
        <translation>{title} · {shown_artist} · Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>Familiar</source>
        <translation>熟悉</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>Forgotten</source>
        <translation>久违</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>Never</source>
        <translation>未听</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>Tracks you have played</source>
        <translation>你播放过的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>Played 3 times or more, none in 90 days</source>
        <translation>播放过 3 次以上，90 天未听</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>Tracks you have never played</source>
        <translation>你从未播放过的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>How well known the suggestions are</source>
        <translation>推荐的熟悉程度</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/dial_bar.py"/>
        <source>{words}: {count:,}</source>
        <translation>{words}：{count:,}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/evidence.py"/>
        <source>Evidence</source>
        <translation>依据</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/evidence.py"/>
        <source>Total</source>
        <translation>合计</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/evidence.py"/>
        <source>{} smaller</source>
        <translation>另有 {} 项较小</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/evidence.py"/>
        <source>Not explained</source>
        <translation>未说明</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/evidence.py"/>
        <source>A share of the score without evidence</source>
        <translation>没有依据的那部分得分</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/evidence.py"/>
        <source>Total {}</source>
        <translation>合计 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/feedback_menu.py"/>
        <source>Each can be undone</source>
        <translation>每一项都可撤销</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/feedback_menu.py"/>
        <source>Less like this</source>
        <translation>少推荐这类</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/feedback_menu.py"/>
        <source>Never this track</source>
        <translation>不再推荐这首</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/feedback_menu.py"/>
        <source>Never this artist</source>
        <translation>不再推荐这位艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>{title}, {shown_artist}, {clock}, autoplay</source>
        <translation>{title}，{shown_artist}，{clock}，自动播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Autoplay: plays on behind the queue</source>
        <translation>自动播放：队列之后继续播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Others</source>
        <translation>换一批</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Put other tracks here</source>
        <translation>换成别的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Other tracks for autoplay</source>
        <translation>自动播放换一批</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Play next</source>
        <translation>下一首播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>waits while repeat is on</source>
        <translation>循环播放时等待</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>Autoplay</source>
        <translation>自动播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>plays after the queue</source>
        <translation>队列之后播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lane.py"/>
        <source>looking for tracks</source>
        <translation>正在找曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lyrics.py"/>
        <source>Lyrics {}</source>
        <translation>歌词{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lyrics.py"/>
        <source>no words</source>
        <translation>无歌词</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lyrics.py"/>
        <source>The words of what plays are shown here.</source>
        <translation>这里显示正在播放曲目的歌词。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lyrics.py"/>
        <source>No lyrics</source>
        <translation>没有歌词</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/lyrics.py"/>
        <source>They come from the file's tags, or from a file of the same name that ends in .lrc.</source>
        <translation>歌词来自文件的标签，或同名的 .lrc 文件。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Take everything out but what is playing</source>
        <translation>除正在播放的以外全部移出</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Save the queue as a playlist</source>
        <translation>将队列保存为播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>The queue is empty</source>
        <translation>队列是空的</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Play an album, or add tracks from any list.</source>
        <translation>播放一张专辑，或从任何列表添加曲目。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>{} to come, {span}</source>
        <translation>还有 {} 首，{span}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Last track, then autoplay</source>
        <translation>最后一首，然后自动播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Last track</source>
        <translation>最后一首</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>{} taken out of the queue</source>
        <translation>{}已移出队列</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>There is nothing to take back in the queue</source>
        <translation>队列没有可撤销的</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Done again: {}</source>
        <translation>已重做：{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>There is nothing to do again in the queue</source>
        <translation>队列没有可重做的</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue.py"/>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue_model.py"/>
        <source>playing</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue_model.py"/>
        <source>suggested</source>
        <translation>推荐</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/queue_model.py"/>
        <source>the file is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/right_panel.py"/>
        <source>Panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/suggestions.py"/>
        <source>Go to artist</source>
        <translation>前往艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/suggestions.py"/>
        <source>Go to album</source>
        <translation>前往专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/suggestions.py"/>
        <source>Play now</source>
        <translation>立即播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/suggestions.py"/>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_foot.py"/>
        <source>hides it for 14 days</source>
        <translation>14 天内不再出现</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_foot.py"/>
        <source>halves what speaks for its artist and these sessions</source>
        <translation>这位艺人和这些收听的推荐力度减半</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_foot.py"/>
        <source>Never {}</source>
        <translation>不再推荐 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_foot.py"/>
        <source>suggests nothing of theirs until it is taken back</source>
        <translation>在撤销之前不推荐其作品</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_foot.py"/>
        <source>How it sounds is not known yet.</source>
        <translation>还不了解它的声音。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_popover.py"/>
        <source>It was suggested. The evidence was not kept.</source>
        <translation>它是推荐来的。依据没有保留。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_popover.py"/>
        <source>Why {}</source>
        <translation>为什么是《{}》</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/why_popover.py"/>
        <source>Each bar is a share of the score. Point at one to see what is behind it.</source>
        <translation>每一条是得分的一部分。指向它可以看到依据。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>You chose {chosen} of the last {seen}</source>
        <translation>最近 {seen} 条推荐中你选了 {chosen} 条</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>New suggestions</source>
        <translation>新推荐</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Why this?</source>
        <translation>为什么推荐？</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Nothing to suggest yet</source>
        <translation>暂时没有推荐</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>%n new suggestion</source>
        <translation><numerusform>%n 条新推荐</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>New order</source>
        <translation>新的顺序</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>You have played everything here</source>
        <translation>这里的你都听过了</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Forgotten has what you loved and left.</source>
        <translation>“久违”里有你喜欢过又放下的。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Try Forgotten</source>
        <translation>试试“久违”</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Nothing was played 3 times or more and then left alone for 90 days.</source>
        <translation>没有播放过 3 次以上而 90 天未听的曲目。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Nothing is forgotten yet</source>
        <translation>还没有久违的</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Try Never heard</source>
        <translation>试试“未听”</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>No plays yet</source>
        <translation>还没有播放记录</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Play something; until then these come from tags.</source>
        <translation>播放点什么吧；在那之前推荐来自标签。</translation>
    </message>
    <message>
        <location filename="../../app/ui/panels/you_may_like.py"/>
        <source>Nothing to suggest</source>
        <translation>没有可推荐的</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Repeat is off</source>
        <translation>循环已关闭</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Repeat the queue</source>
        <translation>循环队列</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Repeat this track</source>
        <translation>单曲循环</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Go to the album {}</source>
        <translation>前往专辑《{}》</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Why {} was suggested</source>
        <translation>为什么推荐《{}》</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Autoplay is on: what you may like plays behind the queue</source>
        <translation>自动播放已打开：队列之后播放你可能喜欢的</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Autoplay is off</source>
        <translation>自动播放已关闭</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Sound on</source>
        <translation>打开声音</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Play what you may like</source>
        <translation>播放你可能喜欢的音乐</translation>
    </message>
    <message>
        <location filename="../../app/ui/player_bar.py"/>
        <source>Next: {}</source>
        <translation>下一首：{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/rail.py"/>
        <source>Search the library</source>
        <translation>搜索音乐库</translation>
    </message>
    <message>
        <location filename="../../app/ui/rail.py"/>
        <source>Search (Ctrl+F)</source>
        <translation>搜索（Ctrl+F）</translation>
    </message>
    <message>
        <location filename="../../app/ui/rail.py"/>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <location filename="../../app/ui/rail.py"/>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <location filename="../../app/ui/seek_bar.py"/>
        <source>Position</source>
        <translation>播放位置</translation>
    </message>
    <message>
        <location filename="../../app/ui/shuffle_menu.py"/>
        <source>Shuffle is off</source>
        <translation>随机播放已关闭</translation>
    </message>
    <message>
        <location filename="../../app/ui/shuffle_menu.py"/>
        <source>Shuffle is on: albums</source>
        <translation>随机播放：按专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/shuffle_menu.py"/>
        <source>Shuffle is on: tracks</source>
        <translation>随机播放：按曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/sleep_button.py"/>
        <source>Sleep timer</source>
        <translation>睡眠定时</translation>
    </message>
    <message>
        <location filename="../../app/ui/sleep_button.py"/>
        <source>Stop after this track</source>
        <translation>播完这首后停止</translation>
    </message>
    <message numerus="yes">
        <location filename="../../app/ui/sleep_button.py"/>
        <source>%n minute</source>
        <translation><numerusform>%n 分钟</numerusform></translation>
    </message>
    <message>
        <location filename="../../app/ui/sleep_button.py"/>
        <source>Stops after this track</source>
        <translation>播完这首后停止</translation>
    </message>
    <message>
        <location filename="../../app/ui/sleep_button.py"/>
        <source>Pause in {} minutes</source>
        <translation>{} 分钟后暂停</translation>
    </message>
    <message>
        <location filename="../../app/ui/sleep_button.py"/>
        <source>Turn the timer off ({} left)</source>
        <translation>关闭定时（剩余 {}）</translation>
    </message>
    <message>
        <location filename="../../app/ui/sleep_button.py"/>
        <source>Pauses in {}</source>
        <translation>{}后暂停</translation>
    </message>
    <message>
        <location filename="../../app/ui/speed_menu.py"/>
        <source>Speed: {}</source>
        <translation>速度：{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/toast.py"/>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <location filename="../../app/ui/toast.py"/>
        <source>There is nothing to take back</source>
        <translation>没有可以撤回的操作</translation>
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
        <source>Hide Segue</source>
        <translation>隐藏 Segue</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/album_page.py"/>
        <source>Tracks of the album</source>
        <translation>专辑的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/album_page.py"/>
        <source>Album {}</source>
        <translation>专辑 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/album_page.py"/>
        <source>This album is not here</source>
        <translation>这张专辑不在</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/album_page.py"/>
        <source>Its files have left the library or were tagged anew.</source>
        <translation>其文件已离开音乐库，或标签已更改。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/albums.py"/>
        <source>none of them names an album.</source>
        <translation>都没有写明专辑。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/artist_page.py"/>
        <source>Tracks of the artist</source>
        <translation>艺人的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/artist_page.py"/>
        <source>Artist {}</source>
        <translation>艺人 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/artist_page.py"/>
        <source>This artist is not here</source>
        <translation>这位艺人不在</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/artist_page.py"/>
        <source>Their files have left the library or were tagged anew.</source>
        <translation>其文件已离开音乐库，或标签已更改。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/artists.py"/>
        <source>none of them names an artist.</source>
        <translation>都没有写明艺人。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/browse.py"/>
        <source>No albums</source>
        <translation>没有专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/browse.py"/>
        <source>No artists</source>
        <translation>没有艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/browse.py"/>
        <source>No genres</source>
        <translation>没有流派</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/browse.py"/>
        <source>{tracks}: {why}</source>
        <translation>{tracks}：{why}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Compact rows</source>
        <translation>紧凑行高</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Normal rows</source>
        <translation>普通行高</translation>
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
        <location filename="../../app/ui/views/column_menu.py"/>
        <source>Group by album</source>
        <translation>按专辑分组</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/finds.py"/>
        <source>Copy artist and title</source>
        <translation>复制艺人和标题</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/finds.py"/>
        <source>Opens the page of {} in the browser</source>
        <translation>在浏览器中打开 {} 的页面</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/genres.py"/>
        <source>none of them names a genre.</source>
        <translation>都没有写明流派。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/genres.py"/>
        <source>Tracks of the genre</source>
        <translation>流派的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/genres.py"/>
        <source>Nothing here any more</source>
        <translation>这里已没有内容</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/genres.py"/>
        <source>The tracks of this genre have left the library.</source>
        <translation>这个流派的曲目已离开音乐库。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Moments of your past were drawn at random. Each way to pick was asked with only what was known then, and its answer was held against what you played next. Scores go from 0 to 1; the line on a bar is how far it may be off (95 %).</source>
        <translation>从你过去的收听中随机抽取时刻。每种挑选方法只知道当时已知的，其答案与你随后播放的相比。得分从 0 到 1；条上的线表示可能的误差（95 %）。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Here Segue checks its suggestions against what you really played next. It takes about {needed} tracks heard to be fair; so far it is {so_far}. Play on, and look again in a while.</source>
        <translation>Segue 在这里把推荐与你接下来真正播放的曲目对照。大约听过 {needed} 首之后结果才公平；目前为{so_far}。继续听，过些时候再来看看。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Play on: the more Segue has heard with you, the surer it can be.</source>
        <translation>继续听吧：Segue 和你一起听得越多，就越有把握。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>How good is it?</source>
        <translation>推荐有多准？</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>nothing</source>
        <translation>零</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Too early to tell</source>
        <translation>现在下结论还太早</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>from {}</source>
        <translation>来自{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Your past is replayed, and the suggestions are held against what came next.</source>
        <translation>正在重演你的过去，将推荐与随后的播放相比。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Not measured yet</source>
        <translation>还没有测量</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Measure again replays your past and counts what was found.</source>
        <translation>“重新测量”会重演你的过去，数出猜中了多少。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grade.py"/>
        <source>Counted: {}.</source>
        <translation>计数方法：{}。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/grouped_table.py"/>
        <source>The file is not where it was.</source>
        <translation>文件不在原处。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/hero.py"/>
        <source>Cover of {}</source>
        <translation>《{}》的封面</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/history.py"/>
        <source>newest {SHOWN:,} of {plays}</source>
        <translation>最新 {SHOWN:,} 条，共 {plays}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/history.py"/>
        <source>Play something: what you hear is listed here, with how it ended.</source>
        <translation>播放点什么吧：你听过的会列在这里，并写明如何结束。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>Show new suggestions</source>
        <translation>显示新推荐</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>Back to the shelves</source>
        <translation>返回</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>{} found</source>
        <translation>找到{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>No albums yet</source>
        <translation>还没有专辑</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>{}, none of which names an album. Tracks lists them all.</source>
        <translation>{}，都没有写明专辑。“曲目”列出了全部。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>{done:,} of {total:,} files</source>
        <translation>{done:,} / {total:,} 个文件</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>Counting files</source>
        <translation>正在清点文件</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>Looking for music</source>
        <translation>正在查找音乐</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/home.py"/>
        <source>{}. Tracks appear here as they are found.</source>
        <translation>{}。找到的曲目会出现在这里。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/hours_chart.py"/>
        <source>{column}: {time}</source>
        <translation>{column}：{time}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/page.py"/>
        <source>Tracks appear here as they are found.</source>
        <translation>找到的曲目会出现在这里。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/page.py"/>
        <source>No music found</source>
        <translation>没有找到音乐</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/page.py"/>
        <source>The music folders hold no files that can be played.</source>
        <translation>音乐文件夹中没有可以播放的文件。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/page.py"/>
        <source>Add a music folder</source>
        <translation>添加音乐文件夹</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/page.py"/>
        <source>No music yet</source>
        <translation>还没有音乐</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/page.py"/>
        <source>Choose the folder where your music is.</source>
        <translation>请选择你的音乐所在的文件夹。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/play_list.py"/>
        <source>Plays, newest first</source>
        <translation>播放记录，最新在前</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/play_list.py"/>
        <source>This track is not in your library.</source>
        <translation>这首曲目不在你的音乐库中。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/play_list.py"/>
        <source>Search for the title</source>
        <translation>搜索这个标题</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/play_list.py"/>
        <source>Search for the artist</source>
        <translation>搜索这位艺人</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Playlists (*.m3u *.m3u8 *.pls *.xspf *.jspf)</source>
        <translation>播放列表 (*.m3u *.m3u8 *.pls *.xspf *.jspf)</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Import playlists</source>
        <translation>导入播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Export the playlist</source>
        <translation>导出播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Change the search…</source>
        <translation>更改搜索…</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Rename the playlist</source>
        <translation>重命名播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>What it holds</source>
        <translation>包含的内容</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_actions.py"/>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Tracks of the playlist</source>
        <translation>播放列表的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>{:,} not in the library</source>
        <translation>{:,} 首不在音乐库中</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>search: {}</source>
        <translation>搜索：{}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Remove from playlist</source>
        <translation>从播放列表移除</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>This playlist was deleted</source>
        <translation>这个播放列表已删除</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Its tracks are where they were.</source>
        <translation>其中的曲目都在原处。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>No track answers “{}” now.</source>
        <translation>现在没有曲目符合“{}”。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlist_page.py"/>
        <source>Add to playlist, in the menu of any track or album, brings tracks here.</source>
        <translation>在任何曲目或专辑的菜单中选择“添加到播放列表”。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>It always holds what this search finds, for example  genre:jazz plays:0  or  added:&lt;30d  or  rating:&gt;=4</source>
        <translation>它始终包含这个搜索找到的内容，例如  genre:jazz plays:0  或  added:&lt;30d  或  rating:&gt;=4</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>New playlist</source>
        <translation>新建播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>New smart playlist</source>
        <translation>新建智能播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>No playlists yet</source>
        <translation>还没有播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>A playlist keeps tracks in your order, a smart playlist keeps a search. Playlists of other players can be imported.</source>
        <translation>播放列表按你的顺序保存曲目，智能播放列表保存一个搜索。可以导入其他播放器的播放列表。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/playlists.py"/>
        <source>Make</source>
        <translation>创建</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Type a part of a title, an artist or an album. Or ask more closely: artist:floyd  year:1990..1999  genre:jazz  rating:&gt;=4  plays:0  added:&lt;30d  -live</source>
        <translation>输入标题、艺人或专辑的一部分。也可以更细地查询：artist:floyd  year:1990..1999  genre:jazz  rating:&gt;=4  plays:0  added:&lt;30d  -live</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>No title, artist or album holds all of these words.</source>
        <translation>没有标题、艺人或专辑包含所有这些词。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Tracks found</source>
        <translation>找到的曲目</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Save as playlist</source>
        <translation>保存为播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>A smart playlist: it always holds what this search finds</source>
        <translation>智能播放列表：始终包含这个搜索找到的内容</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>the first {}</source>
        <translation>前 {}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Search all fields</source>
        <translation>在所有字段中搜索</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Show the genre {}</source>
        <translation>显示流派“{}”</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Nothing for “{}”</source>
        <translation>没有“{}”的结果</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Show {:,}</source>
        <translation>显示 {:,} 首</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Show all {:,}</source>
        <translation>显示全部 {:,} 首</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>nothing; “{instead}” has {words}</source>
        <translation>没有；“{instead}”有{words}</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Search your music</source>
        <translation>搜索你的音乐</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Every file is where it was.</source>
        <translation>所有文件都在原处。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>No track is all of that.</source>
        <translation>没有曲目符合所有这些条件。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/search_results.py"/>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/shelf.py"/>
        <source>Earlier on this shelf</source>
        <translation>上一页</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/shelf.py"/>
        <source>Further on this shelf</source>
        <translation>下一页</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/shelf.py"/>
        <source>Show all</source>
        <translation>显示全部</translation>
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
        <source>Mon</source>
        <translation>一</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Tue</source>
        <translation>二</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Wed</source>
        <translation>三</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Thu</source>
        <translation>四</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Fri</source>
        <translation>五</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Sat</source>
        <translation>六</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Sun</source>
        <translation>日</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/statistics.py"/>
        <source>Period</source>
        <translation>时间段</translation>
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
        <source>What you hear is counted here: how long, by whom, and when.</source>
        <translation>你听过的会在这里统计：听了多久、听了谁、什么时候听。</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>Remove from library</source>
        <translation>从音乐库移除</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>New playlist…</source>
        <translation>新建播放列表…</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>Add to playlist</source>
        <translation>添加到播放列表</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>No stars</source>
        <translation>无星级</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/track_actions.py"/>
        <source>Details and tags…</source>
        <translation>详情与标签…</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/tracks.py"/>
        <source>Group by album (Ctrl+G)</source>
        <translation>按专辑分组（Ctrl+G）</translation>
    </message>
    <message>
        <location filename="../../app/ui/views/tracks.py"/>
        <source>Shuffle all</source>
        <translation>全部随机播放</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Stop; what is done so far stays</source>
        <translation>停止；已完成的部分会保留</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>{done:,} of {total:,}</source>
        <translation>{done:,} / {total:,}</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>, about {} min</source>
        <translation>，约 {} 分钟</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>, {:,} a second</source>
        <translation>，每秒 {:,} 个</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>What goes on</source>
        <translation>正在进行的任务</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Put away</source>
        <translation>收起</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Paused at {done:,} of {total:,}</source>
        <translation>已暂停：{done:,} / {total:,}</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Counting files, {:,} so far</source>
        <translation>正在清点文件，已有 {:,} 个</translation>
    </message>
    <message>
        <location filename="../../app/ui/work_corner.py"/>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <location filename="../../app/wiring/appearance.py"/>
        <source>Text and rows at {} %</source>
        <translation>文字和行高：{} %</translation>
    </message>
    <message>
        <location filename="../../app/wiring/begin.py"/>
        <source>{} is already running, but its window does not answer.</source>
        <translation>{} 已在运行，但它的窗口没有应答。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/beside.py"/>
        <source>Segue Companion could not be started.</source>
        <translation>无法启动 Segue 伴侣。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/companion_desktop.py"/>
        <source>Players…</source>
        <translation>播放器…</translation>
    </message>
    <message>
        <location filename="../../app/wiring/companion_desktop.py"/>
        <source>Start with the desktop</source>
        <translation>随桌面启动</translation>
    </message>
    <message>
        <location filename="../../app/wiring/companion_desktop.py"/>
        <source>Stay in the tray when closed</source>
        <translation>关闭后留在托盘中</translation>
    </message>
    <message>
        <location filename="../../app/wiring/companion_desktop.py"/>
        <source>Segue could not be started.</source>
        <translation>无法启动 Segue。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/companion_desktop.py"/>
        <source>Suggestions beside any player</source>
        <translation>为任何播放器提供推荐</translation>
    </message>
    <message>
        <location filename="../../app/wiring/companion_desktop.py"/>
        <source>That could not be changed ({}).</source>
        <translation>无法更改（{}）。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/drops.py"/>
        <source>A smart playlist fills itself: nothing can be put into it.</source>
        <translation>智能播放列表会自动填充，不能手动放入曲目。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>{} left the queue</source>
        <translation>{}离开了播放队列</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>{} plays next</source>
        <translation>下一首播放《{}》</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>{} was added to the queue</source>
        <translation>《{}》已加入队列</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>{} play next</source>
        <translation>接下来播放{}</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>Added {} to the queue</source>
        <translation>已将 {} 加入播放队列</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>Made the playlist {}</source>
        <translation>已创建播放列表“{}”</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>{} left the library; files and plays stay</source>
        <translation>{}已离开音乐库；文件和播放记录保留</translation>
    </message>
    <message>
        <location filename="../../app/wiring/edits.py"/>
        <source>The folder {} left the library; files and plays stay</source>
        <translation>文件夹 {} 已移出音乐库；文件和播放记录仍保留</translation>
    </message>
    <message>
        <location filename="../../app/wiring/importing.py"/>
        <source>Reading a listening history</source>
        <translation>正在读取收听记录</translation>
    </message>
    <message>
        <location filename="../../app/wiring/importing.py"/>
        <source>Importing a listening history</source>
        <translation>正在导入收听记录</translation>
    </message>
    <message>
        <location filename="../../app/wiring/importing.py"/>
        <source>{} imported</source>
        <translation>已导入 {}</translation>
    </message>
    <message>
        <location filename="../../app/wiring/importing.py"/>
        <source>Comparing with your plays</source>
        <translation>正在与你的播放记录比对</translation>
    </message>
    <message>
        <location filename="../../app/wiring/sync.py"/>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <location filename="../../app/wiring/sync.py"/>
        <source>Fetching a model</source>
        <translation>正在获取模型</translation>
    </message>
    <message>
        <location filename="../../app/wiring/upgraded.py"/>
        <source>Segue has been updated. What is new comes with a restart.</source>
        <translation>Segue 已更新。重新启动后即可使用新版本。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/upgraded.py"/>
        <source>Restart</source>
        <translation>重新启动</translation>
    </message>
    <message>
        <location filename="../../app/wiring/work.py"/>
        <source>Stopped. F5 goes on where it was.</source>
        <translation>已停止。按 F5 从停下处继续。</translation>
    </message>
    <message>
        <location filename="../../app/wiring/work.py"/>
        <source>{} read</source>
        <translation>已读取 {}</translation>
    </message>
    <message>
        <location filename="../../app/wiring/work.py"/>
        <source>{} missing</source>
        <translation>{}缺失</translation>
    </message>
    <message>
        <location filename="../../app/wiring/work.py"/>
        <source>Measuring the suggestions</source>
        <translation>正在评估推荐</translation>
    </message>
    <message>
        <location filename="../../app/wiring/work.py"/>
        <source>Reading music folders</source>
        <translation>正在读取音乐文件夹</translation>
    </message>
    <message>
        <location filename="../../app/wiring/work.py"/>
        <source>Writing tags</source>
        <translation>正在写入标签</translation>
    </message>
</context>
</TS>
