"""Postal addresses (详细地址): read from a number to the left, over the levels of the administration and the street.

``regions`` knows the names of GB/T 2260, ``words`` what stands below them, ``levels`` reads one level, ``chinese``
joins levels to addresses, ``english`` reads the same in English. None of them knows Presidio.
"""
