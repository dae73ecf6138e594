"""The commands with which anyone can check the demonstration's files without this program."""

from __future__ import annotations

from anyue_desktop.services.practice_workspace import LOGIN, PASSPHRASE

NAME = "使用的命令.txt"
TEXT = """演示文件的核对方法（都是编造的人员；密钥只供演示，不能用于真实的台账）

一、不用本程序，用通用工具核对上报包（在本文件夹里依次运行）

unzip {package} -d x && cd x
ssh-keygen -Y verify -f ../allowed_signers -I {site} -n tpkg-package-v1 -s manifest.json.sig < manifest.json
sha256sum payload.age          # 应与 manifest.json 里的 payload.sha256 相同
sha256sum manifest.json        # 应为 {digest}
age -d -i ../county.agekey payload.age | tar -tvf -
age -d -i ../county.agekey payload.age | tar -xf - && zcat records/*.jsonl.gz | head

下一个包 {following} 的清单里，chain.prev 应等于上面 manifest.json 的摘要。
Windows 请用 cmd（不要用 PowerShell 的管道），解压用 tar.exe -xf，摘要用 certutil -hashfile 文件名 SHA256。

二、用本程序查看（密码：{passphrase}）

export ANYUE_PASSPHRASE={passphrase}
anyue inspect {package}
anyue --workspace township --operator {township_login} list elder_case --limit 5
anyue --workspace township --operator {township_login} indicators --month {month}
anyue --workspace township --operator {township_login} verify
anyue --workspace county --operator {county_login} county status --month {month}
"""


def recipe(package: str, following: str, site: str, digest: str, month: str, county_login: str) -> str:
    """Returns the text for these very files."""
    return TEXT.format(
        package=package,
        following=following,
        site=site,
        digest=digest,
        month=month,
        passphrase=PASSPHRASE,
        township_login=LOGIN,
        county_login=county_login,
    )
