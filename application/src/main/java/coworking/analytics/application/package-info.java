/**
 * The services that implement the driving ports. They read facts from a driven port and let the domain compute the reports. They know
 * neither HTTP nor SQL nor the clock.
 */
package coworking.analytics.application;
