/** Dates and times of the space: date ranges, the time at which a day begins, intervals, and ranges as a caller requests them. */
package coworking.analytics.domain.time;
