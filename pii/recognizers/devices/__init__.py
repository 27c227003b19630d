"""Devices and places (设备与行踪): addresses of machines, vehicles, positions, journeys."""
