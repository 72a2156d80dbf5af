/** The doors of the REST adapter: its HTTP APIs, for the composition root. {@code rest.spi} has the interfaces that it implements. */
package coworking.analytics.rest;
