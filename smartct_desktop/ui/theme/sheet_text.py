"""The text of the style sheet; `$names` are filled in by `sheet.py`.

What widgets set to be drawn differently are properties of their own:
`kind` of a button (primary, link, flat, switch), `room` (small, large) of a button or a field,
`state` of a field (error, warning), `face` and `tone` of a label, `ground` and `rim` of a frame.
A property that changes after the widget was shown needs `repolish` from `ui/qt.py`.
"""

from __future__ import annotations

_BUTTONS = """
QPushButton{border:1px solid $line;border-radius:6px;background:$base;color:$text;padding:0 11px;
min-height:$in-field;max-height:$in-field;font-weight:500;outline:0}
QPushButton:hover{background:$hover}
QPushButton:pressed,QPushButton:open{background:$select;color:$on-select}
QPushButton:disabled{background:$base;color:$faint}
QPushButton[room="small"]{min-height:$in-small;max-height:$in-small;padding:0 9px;
border-radius:5px;font-size:$f-small}
QPushButton[room="large"]{min-height:$in-large;max-height:$in-large;padding:0 15px}
QPushButton[opens="menu"]{padding-right:$w16}
QPushButton::menu-indicator{image:$sign-down;subcontrol-origin:padding;
subcontrol-position:right center;right:9px;width:$w13;height:$w13}
QPushButton::menu-indicator:disabled{image:$sign-down-off}
QPushButton[kind="primary"]{background:$accent;border-color:$accent;color:$on-accent;
font-weight:600}
QPushButton[kind="primary"]:hover{background:$accent-hover;border-color:$accent-hover}
QPushButton[kind="primary"]:pressed{background:$accent-press;border-color:$accent-press}
QPushButton[kind="primary"]:disabled{background:$calm-soft;border-color:$line;color:$faint}
QPushButton[kind="flat"]{border-color:transparent;background:transparent}
QPushButton[kind="flat"]:hover{background:$hover}
QPushButton[kind="flat"]:pressed{background:$select;color:$on-select}
QPushButton[kind="link"]{border:none;border-radius:4px;background:transparent;color:$accent;
padding:0 2px;font-size:$f-small;min-height:$in-small;max-height:$in-small;text-align:left}
QPushButton[kind="link"]:hover{color:$accent-hover}
QPushButton[kind="link"]:pressed{color:$accent-press}
QPushButton[kind="link"]:disabled{color:$faint}
QPushButton[kind="link"][room="line"],QPushButton[kind="tip-link"][room="line"]{
min-height:$line-height;max-height:$line-height}
QPushButton[kind="tip-link"]{border:none;border-radius:4px;background:transparent;color:$on-tip;
padding:0 2px;font-weight:600}
QPushButton[kind="switch"]:checked{background:$soft;border-color:$accent;color:$accent}
QToolButton{border:1px solid transparent;border-radius:5px;background:transparent;color:$text;
padding:3px;outline:0}
QToolButton:hover{background:$hover}
QToolButton:pressed,QToolButton:open{background:$select;color:$on-select}
QToolButton:checked{background:$soft;border-color:$outline}
QToolButton:disabled{color:$faint}
QToolButton::menu-indicator{image:none}
"""

_FIELDS = """
QLineEdit,QComboBox,QAbstractSpinBox{border:1px solid $edge;border-radius:4px;background:$base;
color:$text;padding:0 7px;min-height:$in-field;max-height:$in-field;
selection-background-color:$accent;selection-color:$on-accent;
placeholder-text-color:$muted}
QComboBox{selection-background-color:$select;selection-color:$on-select}
QPlainTextEdit,QTextEdit{border:1px solid $edge;border-radius:4px;background:$base;color:$text;
padding:4px;selection-background-color:$accent;selection-color:$on-accent;
placeholder-text-color:$muted}
QLineEdit:disabled,QComboBox:disabled,QAbstractSpinBox:disabled,QPlainTextEdit:disabled,
QTextEdit:disabled{border-color:$line;background:$window;color:$faint}
QLineEdit:read-only{border-color:transparent;background:transparent}
QLineEdit[state="error"],QComboBox[state="error"],QAbstractSpinBox[state="error"]{
border:2px solid $error;padding:0 6px;min-height:$in-field-marked;max-height:$in-field-marked}
QLineEdit[state="warning"],QComboBox[state="warning"],QAbstractSpinBox[state="warning"]{
border:2px solid $warning;padding:0 6px;min-height:$in-field-marked;max-height:$in-field-marked}
QPlainTextEdit[state="error"]{border:2px solid $error;padding:3px}
QPlainTextEdit[state="warning"]{border:2px solid $warning;padding:3px}
QLineEdit[room="small"],QComboBox[room="small"]{min-height:$in-small;max-height:$in-small;
font-size:$f-small}
QLineEdit[room="large"],QComboBox[room="large"]{min-height:$in-large;max-height:$in-large}
QLineEdit[room="search"]{border:none;background:transparent;padding:0;font-size:$f-search;
min-height:$in-search;max-height:$in-search}
QComboBox QLineEdit,QAbstractSpinBox QLineEdit{border:none;background:transparent;padding:0;
min-height:0;max-height:16777215}
QAbstractSpinBox QLineEdit{padding:0 7px}
QComboBox{padding-right:0}
QComboBox::drop-down{border:none;background:transparent;width:$w24;
subcontrol-origin:border;subcontrol-position:right center}
QComboBox::down-arrow{image:$sign-down;width:$w13;height:$w13}
QComboBox::down-arrow:disabled{image:$sign-down-off}
QComboBox QAbstractItemView{border:1px solid $line;background:$popup;color:$text;padding:3px;
selection-background-color:$select;selection-color:$on-select;outline:0}
QAbstractSpinBox::up-button,QAbstractSpinBox::down-button{border:none;background:transparent;
width:$w24;subcontrol-origin:border}
QAbstractSpinBox::up-button{subcontrol-position:top right}
QAbstractSpinBox::down-button{subcontrol-position:bottom right}
QAbstractSpinBox::up-arrow{image:$sign-up;width:$w12;height:$w12}
QAbstractSpinBox::down-arrow{image:$sign-down;width:$w12;height:$w12}
"""

_TICKS = """
QCheckBox,QRadioButton{spacing:8px;background:transparent;color:$text;outline:0}
QCheckBox:disabled,QRadioButton:disabled{color:$faint}
QCheckBox::indicator,QRadioButton::indicator,QAbstractItemView::indicator{width:$in-tick;
height:$in-tick;border:1px solid $edge;border-radius:$w3;background:$base}
QRadioButton::indicator{border-radius:$half-tick}
QCheckBox::indicator:hover,QRadioButton::indicator:hover{background:$hover}
QCheckBox::indicator:checked,QAbstractItemView::indicator:checked{background:$accent;
border-color:$accent;image:$sign-ticked}
QCheckBox::indicator:indeterminate,QAbstractItemView::indicator:indeterminate{
background:$accent;border-color:$accent;image:$sign-partly}
QRadioButton::indicator:checked{background:$accent;border-color:$accent;image:$sign-dotted}
QCheckBox::indicator:disabled,QRadioButton::indicator:disabled,
QAbstractItemView::indicator:disabled{background:$window;border-color:$line}
QRadioButton::indicator:checked:disabled{image:$sign-dotted-off}
QCheckBox::indicator:checked:disabled,QAbstractItemView::indicator:checked:disabled{
image:$sign-ticked-off}
"""

_VIEWS = """
QAbstractItemView{border:none;background:$base;color:$text;outline:0;gridline-color:$hairline;
alternate-background-color:$header;selection-background-color:$select;
selection-color:$on-select}
QAbstractItemView[ground="list"]{background:$popup}
QAbstractItemView[ground="side"]{background:$window}
QAbstractItemView[ground="side"]::item{padding:$w6 $w8;border-radius:5px}
QAbstractItemView[ground="side"]::item:selected{background:$select;color:$on-select}
QTextBrowser[ground="page"]{background:$base;border:1px solid $line;border-radius:6px}
QHeaderView{background:$header;border:none}
QHeaderView::section{background:$header;color:$muted;border:none;
border-right:1px solid $hairline;border-bottom:1px solid $line;padding:0 8px;
font-size:$f-small;font-weight:600}
QHeaderView::section:vertical{border-right:1px solid $line;border-bottom:1px solid $hairline;
font-weight:400}
QHeaderView::section:hover{background:$hover}
QHeaderView::up-arrow{image:$sign-sorted-up;width:$w12;height:$w12}
QHeaderView::down-arrow{image:$sign-sorted-down;width:$w12;height:$w12}
QTableCornerButton::section{background:$header;border:none;border-right:1px solid $line;
border-bottom:1px solid $line}
QScrollArea{border:none;background:transparent}
QScrollArea>QWidget>QWidget{background:transparent}
QAbstractScrollArea::corner{background:transparent;border:none}
QScrollBar:vertical{width:12px;background:transparent;margin:0}
QScrollBar:horizontal{height:12px;background:transparent;margin:0}
QScrollBar::handle{background:$calm-line;border-radius:3px;margin:3px}
QScrollBar::handle:vertical{min-height:32px}
QScrollBar::handle:horizontal{min-width:32px}
QScrollBar::handle:hover,QScrollBar::handle:pressed{background:$edge}
QScrollBar::add-line,QScrollBar::sub-line{width:0;height:0}
QScrollBar::add-page,QScrollBar::sub-page{background:transparent}
QSplitter::handle{background:$line}
QSplitter::handle:horizontal{width:1px}
QSplitter::handle:vertical{height:1px}
QCalendarWidget QWidget#qt_calendar_navigationbar{background:$header}
QCalendarWidget QAbstractItemView{selection-background-color:$accent;
selection-color:$on-accent}
"""

_MENUS = """
QMenuBar{background:$window;color:$text;border:none;padding:3px 4px}
QMenuBar::item{background:transparent;padding:5px 9px;border-radius:5px}
QMenuBar::item:selected{background:$hover}
QMenuBar::item:pressed{background:$select;color:$on-select}
QMenuBar::item:disabled{color:$faint}
QMenu{background:$popup;color:$text;border:1px solid $line;padding:4px;icon-size:$w16 $w16}
QMenu::item{background:transparent;padding:$w5 $w28 $w5 $w8;border-radius:4px}
QMenu::item:selected{background:$select;color:$on-select}
QMenu::item:disabled{color:$faint;background:transparent}
QMenu::icon{padding-left:$w8}
QMenu::indicator{width:$w13;height:$w13;padding-left:$w8}
QMenu::indicator:checked{image:$sign-chosen}
QMenu::right-arrow{image:$sign-right;width:$w13;height:$w13;padding-right:$w6}
QMenu::separator{height:1px;background:$hairline;margin:4px 8px}
QToolTip{background:$tip;color:$on-tip;border:1px solid $outline;padding:4px 6px}
QStatusBar{background:$window;color:$muted;border-top:1px solid $line;font-size:$f-small}
QStatusBar::item{border:none}
QSizeGrip{image:none;width:0;height:0}
QStatusBar QLabel{font-size:$f-small}
QProgressBar{border:1px solid $outline;border-radius:$w3;background:$chart-rest;
min-height:$w6;max-height:$w6}
QProgressBar::chunk{border-radius:$w3;background:$c1}
"""

_FRAMES = """
QDialog,QMainWindow{background:$window}
QFrame[ground="window"]{background:$window}
QFrame[ground="base"]{background:$base}
QFrame[ground="header"]{background:$header}
QFrame[ground="soft"]{background:$soft}
QFrame[ground="waiting"]{background:$waiting-soft}
QFrame[ground="popup"]{background:$popup;border:1px solid $line;border-radius:6px}
QFrame[ground="quick"]{background:$popup;border:1px solid $edge;border-radius:10px}
QFrame[ground="card"]{background:$raised;border:1px solid $line;border-radius:8px}
QFrame[rim="left"]{border-left:1px solid $line}
QFrame[rim="right"]{border-right:1px solid $line}
QFrame[rim="top"]{border-top:1px solid $line}
QFrame[rim="bottom"]{border-bottom:1px solid $line}
QFrame[rim="hair"]{border-bottom:1px solid $hairline}
QFrame[rule="line"]{background:$line;max-height:1px;min-height:1px}
QFrame[rule="hair"]{background:$hairline;max-height:1px;min-height:1px}
"""

_LABELS = """
QLabel[face="strong"]{font-weight:600}
QLabel[face="medium"]{font-weight:500}
QLabel[face="small"]{font-size:$f-small}
QLabel[face="small-medium"]{font-size:$f-small;font-weight:500}
QLabel[face="small-strong"]{font-size:$f-small;font-weight:600}
QLabel[face="tiny"]{font-size:$f-tiny}
QLabel[face="title"]{font-size:$f-title;font-weight:600}
QLabel[face="figure-small"]{font-size:$f-figure-small;font-weight:600}
QLabel[face="figure-medium"]{font-size:$f-figure-medium;font-weight:600}
QLabel[face="figure-large"]{font-size:$f-figure-large;font-weight:600}
QLabel[tone="muted"]{color:$muted}
QLabel[tone="faint"]{color:$faint}
QLabel[tone="accent"]{color:$accent}
QLabel[tone="error"]{color:$error}
QLabel[tone="warning"]{color:$warning}
QLabel[tone="waiting"]{color:$waiting}
QLabel[tone="done"]{color:$done}
QLabel[tone="calm"]{color:$calm}
QLabel[tone="tip"]{color:$on-tip}
"""

SHEET = _BUTTONS + _FIELDS + _TICKS + _VIEWS + _MENUS + _FRAMES + _LABELS
