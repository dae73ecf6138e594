"""Words from which people and places are made up; nobody of these names is meant."""

from __future__ import annotations

from anyue_desktop.services.practice.draw import Draw

SURNAMES = tuple(  # repeated as often as they are met
    "李李李李李王王王王张张张张刘刘刘陈陈陈杨杨周周唐唐罗罗邓邓何何吴吴赵赵黄黄蒋蒋胡徐曾冯谭廖彭文秦康龙向付田"
    "汤姚范黎夏蔡雷邹段郭谢毛甘余冉尹石苏任卢熊沈方江单解覃翟欧"
)
MALE_OLD = tuple("国建明德福贵昌荣华富民安兴祥元光永世文武成树忠义信仁孝泽绍维定朝天应先学知正开启顺长清云山川万银")
FEMALE_OLD = tuple("秀桂玉淑素珍芳英兰琼碧清惠菊莲凤翠云香梅群芬华容贞仙蓉月先珠会明德世天光安贤琴")
MALE_YOUNG = tuple("伟强勇军涛波杰鹏辉超斌刚平东林飞海峰亮明俊浩磊凯")
FEMALE_YOUNG = tuple("丽敏静艳娟霞燕玲红萍莉娜婷雪梅洁琳倩蓉英芳群慧")
RARE_NAMES = (  # characters many fonts and input methods lack, a minority name, surnames with unusual readings
    ("李䶮", "1"), ("王㛃", "2"), ("陈𣲗", "2"), ("张𬌗", "1"), ("周𠅤", "1"), ("刘喆", "1"), ("杨玥", "2"),
    ("罗犇", "1"), ("邓𪚥", "1"), ("阿的·木果", "2"), ("尉迟德芳", "2"), ("单秀英", "2"), ("解定国", "1"),
    ("曾朝琼", "2"),
)  # fmt: skip
SPOTS = (
    "老屋基", "石坝湾", "堰塘边", "竹林湾", "后山坡", "双井坎", "大院子", "新房子", "黄桷树", "柏树嘴", "桂花院",
    "水井湾", "土地坳", "麻柳沟", "窑罐厂", "晒坝上", "偏桥头", "青杠坪", "枣子岭", "磨子坝",
)  # fmt: skip
STREETS = ("正街", "上街", "下街", "新街", "后街", "农贸巷", "文化巷")
WORK_PLACES = (
    "成都市",
    "重庆市",
    "广东东莞",
    "广东深圳",
    "浙江宁波",
    "福建泉州",
    "新疆库尔勒",
    "资阳市雁江区",
    "安岳县城",
)
ILLNESSES = ("尿毒症（透析）", "脑梗后遗症", "肺癌", "肝硬化", "帕金森病", "股骨头坏死")
HEALTH_NOTES = (
    "血压{}/{}，按时服药", "血压{}/{}，嘱按时服药", "收缩压{}，舒张压{}，头晕时有发作", "测血压{}/{}，睡眠差",
)  # fmt: skip
NEEDS_NOTES = (
    "希望帮忙代买{}斤米", "想请人帮忙收{}分地的菜", "盼子女{}月回来", "请村医{}日上门量血压", "厕所需加扶手{}根",
    "屋面有{}处漏雨待修", "需要轮椅1辆、坐便椅{}把",
)  # fmt: skip


def given_name(draw: Draw, sex: str, *, young: bool = False) -> str:
    """Returns a given name of one or two characters."""
    if young:
        letters = MALE_YOUNG if sex == "1" else FEMALE_YOUNG
        return draw.one(letters) if draw.chance(0.55) else draw.one(MALE_OLD) + draw.one(letters)
    letters = MALE_OLD if sex == "1" else FEMALE_OLD
    first = draw.one(letters)
    if draw.chance(0.08):
        return first
    second = draw.one(letters)
    return first + second if first != second else first


def full_name(draw: Draw, sex: str, *, young: bool = False) -> str:
    """Returns a made-up name."""
    return draw.one(SURNAMES) + given_name(draw, sex, young=young)
