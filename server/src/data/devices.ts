// Read on 2026-11-29.

/** What a container has not, as a sentence names it. */
export type Device = 'a screen' | 'a sound card' | 'hardware of the machine' | 'Windows' | 'macOS';

/**
 * Modules that open a window, play or record sound, or talk to hardware as soon as they are used. Source: the documentation
 * of each, where it says what it needs.
 */
const byDevice: Readonly<Record<Device, string>> = {
  'a screen':
    'tkinter Tkinter customtkinter ttkbootstrap turtle PyQt4 PyQt5 PyQt6 PySide2 PySide6 pyqtgraph wx kivy kivymd pygame pygame_gui pyglet arcade ursina PySimpleGUI FreeSimpleGUI dearpygui toga webview eel pystray pyautogui pynput keyboard mouse pyscreeze pywinauto win32gui pgzrun glfw moderngl_window raylib pyray imgui_bundle',
  'a sound card': 'pyaudio sounddevice playsound simpleaudio pyttsx3 winsound',
  'hardware of the machine':
    'RPi gpiozero picamera picamera2 smbus smbus2 spidev pigpio lgpio board busio serial usb hid pyfirmata bluetooth bleak pyrealsense2 w1thermsensor Adafruit_DHT rpi_ws281x',
  Windows:
    'winreg _winreg msvcrt win32com win32api win32con win32clipboard win32serviceutil wmi comtypes pythoncom',
  macOS: 'AppKit Foundation objc Quartz rumps',
};

export const deviceModules: ReadonlyMap<string, Device> = new Map(
  (Object.keys(byDevice) as Device[]).flatMap((device) =>
    byDevice[device].split(' ').map((module) => [module, device] as const),
  ),
);

/** Modules that talk with a person in a terminal (documentation of each). */
export const terminalModules: ReadonlySet<string> = new Set(
  'curses textual prompt_toolkit questionary inquirer InquirerPy urwid asciimatics blessed npyscreen picotui simple_term_menu'.split(
    ' ',
  ),
);
