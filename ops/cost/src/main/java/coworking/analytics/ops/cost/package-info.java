/** What the service costs a month on AWS, and the requests and limits that its pods need. */
package coworking.analytics.ops.cost;
