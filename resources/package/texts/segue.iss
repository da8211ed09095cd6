; Inno Setup's description of the installer for Windows. ./segue package fills in what stands between the signs.
[Setup]
AppId=org.segue.segue
AppName=Segue
AppVersion=@VERSION@
AppPublisher=The Segue founders
DefaultDirName={autopf}\Segue
DefaultGroupName=Segue
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2
SolidCompression=yes
OutputBaseFilename=segue-@VERSION@-setup
SetupIconFile=@ICON@
UninstallDisplayIcon={app}\segue-window.exe
WizardStyle=modern

[Files]
Source: "@PROGRAM@\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\Segue"; Filename: "{app}\segue-window.exe"
Name: "{group}\Segue Companion"; Filename: "{app}\segue-window.exe"; Parameters: "companion"

[Registry]
@REGISTRY@
