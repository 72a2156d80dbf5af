/** Holds the cluster's files to the code and to one another. Each rule is seen to catch a file that breaks it. */
package coworking.analytics.ops.eks;
