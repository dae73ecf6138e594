"""The kinds of values a register may hold; one module a class."""

from anyue_desktop.core.types.code import Code
from anyue_desktop.core.types.codes import Codes
from anyue_desktop.core.types.date import Date
from anyue_desktop.core.types.division import Division
from anyue_desktop.core.types.group import Group
from anyue_desktop.core.types.integer import Integer
from anyue_desktop.core.types.minutes import Minutes
from anyue_desktop.core.types.moment import Moment
from anyue_desktop.core.types.month import Month
from anyue_desktop.core.types.name import Name
from anyue_desktop.core.types.number import Number
from anyue_desktop.core.types.phone import Phone
from anyue_desktop.core.types.photos import PhotoRef, Photos
from anyue_desktop.core.types.ref import Ref
from anyue_desktop.core.types.refs import Refs
from anyue_desktop.core.types.resident_id import ResidentId
from anyue_desktop.core.types.text import Text
from anyue_desktop.core.types.time_of_day import TimeOfDay
from anyue_desktop.core.types.yes_no import YesNo

__all__ = [
    "Code",
    "Codes",
    "Date",
    "Division",
    "Group",
    "Integer",
    "Minutes",
    "Moment",
    "Month",
    "Name",
    "Number",
    "Phone",
    "PhotoRef",
    "Photos",
    "Ref",
    "Refs",
    "ResidentId",
    "Text",
    "TimeOfDay",
    "YesNo",
]
