// Read on 2026-11-26.

/**
 * Programs that are started as root and drop to an account that their configuration, their package or a flag names.
 * Source: the manuals of nginx (`user`), httpd (`User`), PHP-FPM (`user`), uWSGI (`uid`), HAProxy (`user`), MySQL and MariaDB
 * (`user`), OpenLDAP (`-u`), BIND (`-u`), dnsmasq, Unbound, Squid, Postfix, Dovecot, Exim, vsftpd, cron, sshd, supervisor, s6,
 * runit, systemd, Slurm and munge, as known 2026-11.
 */
export const rootDaemons =
  /^(?:nginx|openresty|httpd|apache2(?:ctl)?|apachectl|php-fpm[\d.]*|uwsgi|haproxy|varnishd|squid|mysqld(?:_safe)?|mariadbd(?:-safe)?|slapd|named|dnsmasq|unbound|postfix|master|dovecot|exim4?|vsftpd|proftpd|crond?|sshd|supervisord|s6-svscan|runsvdir|init|systemd|slurmd|slurmctld|slurmdbd|munged|rsyslogd|ntpd|chronyd|service)$/;

/** Accounts that such programs, or their packages, are known to use. Source: the same, and the user lists of Debian's packages. */
export const serviceAccounts =
  /^(?:www-data|www|nginx|apache|httpd|http|mysql|mariadb|postgres|redis|mongodb|memcached?|rabbitmq|nobody|sshd|ftp|named|bind|unbound|dnsmasq|postfix|postdrop|dovecot|dovenull|vmail|exim|Debian-exim|squid|proxy|haproxy|varnish|tor|asterisk|munge|slurm|ntp|chrony|avahi|dbus|messagebus|zabbix|openldap|ldap|clamav|amavis|opendkim|nslcd|syslog|sddm|polkitd|uwsgi|php|lighttpd)$/;
