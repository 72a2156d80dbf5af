/** Holds what watches the service to the service, to the clusters and to the runbook. Each rule is seen to catch a file that breaks it. */
package coworking.analytics.ops.cloudwatch;
