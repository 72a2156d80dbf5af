/** What the tests of operations share: the project's files, the service's program and other programs. */
package coworking.analytics.ops;
