"""关于: the program, this laptop, and where its knowledge comes from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout, QWidget

import anyue_desktop
from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.unit import Unit
from anyue_desktop.ui.importing.words import label

SOURCES = (
    ("行政区划", "国家统计局《统计用区划代码和城乡划分代码》2023 年版（公开数据）；合并前的村名按公开资料整理"),
    ("探访制度", "民发〔2022〕73号《关于开展特殊困难老年人探访关爱服务的指导意见》"),
    ("指标", "安府办发〔2023〕10号《安岳县“十四五”民政事业发展规划》"),
    ("身份证号", "GB 11643—1999《公民身份号码》"),
    ("字体", "随程序附带，许可证在安装目录 resources/fonts 里"),
)
PRIVACY = "本程序不联网，不上传任何数据。台账加密保存在本机；上报包签名并加密，只有县局能打开。"


class AboutPanel(QWidget):
    """Facts to read out on the telephone when something does not work."""

    def __init__(self, unit: Unit, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = QFrame()
        card.setObjectName("card")
        form = QFormLayout(card)
        form.setHorizontalSpacing(24)
        townships = len(divisions().townships())
        facts = (
            ("程序", f"安岳民政离线台账 {anyue_desktop.__version__}"),
            ("单位", f"{unit.name}（{'练习' if unit.practice else '县局' if unit.is_county else '乡镇'}）"),
            ("设备号", unit.site),
            ("台账位置", str(folder)),
            ("区划", f"全县 {townships} 个乡镇（街道）"),
        )
        for name, words in (*facts, *SOURCES):
            form.addRow(label(name, "subtitle"), label(words, name=name))
        layout = QVBoxLayout(self)
        layout.addWidget(card)
        layout.addWidget(label(PRIVACY, "caption"))
        layout.addStretch(1)
