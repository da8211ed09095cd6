"""What FFmpeg may open: formats that hold sound themselves, none that names other files or addresses."""

from typing import Final

# No playlists, no HLS, no concat: a file must not make us read another one.
OPENED: Final = (
    "aac,ac3,aiff,alac,amr,ape,asf,au,caf,dff,dsf,dts,eac3,flac,matroska,webm,mov,mp4,m4a,mp3,mpc,mpc8,oga,ogg,"
    "shn,tak,tta,truehd,voc,w64,wav,wv,xa"
)
