# escape=`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
SHELL ["powershell", "-Command", "$ErrorActionPreference = 'Stop';"]
WORKDIR C:\app
COPY . C:\app\
RUN Invoke-WebRequest https://example.org/python.exe -OutFile C:\python.exe ; `
    Start-Process C:\python.exe -Wait
RUN pip install numpy
CMD python app.py
