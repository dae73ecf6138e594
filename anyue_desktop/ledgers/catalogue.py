"""Which ledgers there are: their numbers and titles (registers.md G.2; QD and QZ are taken to the village)."""

from __future__ import annotations

LEDGERS = {
    "L1": "特殊困难老年人花名册",
    "L2": "老年人探访记录表",
    "L3": "月探访汇总表",
    "L4": "未探访人员名单",
    "L5": "农村留守儿童（困境儿童）信息台账",
    "L6": "儿童走访记录表",
    "L7": "留守儿童统计表",
    "L8": "居家养老服务对象花名册",
    "L9": "居家养老服务月统计表",
    "L10": "养老服务设施台账",
    "L11": "未保站（点）及人员台账",
    "L12": "社区综合服务设施台账",
    "L13": "设施安全隐患排查台账",
    "L14": "补贴发放花名册",
    "L16": "上报交接单",
    "L17": "强制报告登记簿",
    "QD": "老年人入户探访清单",
    "QZ": "儿童走访清单",
}
