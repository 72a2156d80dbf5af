/** Load protection: concurrent callers share one read, an unchanged store is not read again, and excess callers are rejected. */
package coworking.analytics.application.sharing;
