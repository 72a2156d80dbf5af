/**
 * The driving side over HTTP: what callers may ask for, and how each answer looks byte by byte.
 *
 * <p>{@link coworking.analytics.rest.UsageApi} lists the URLs. A {@code Resource} is one of them and knows the methods; what it
 * serves is a {@code Report} or a {@code Probe}; each makes an {@code Answer}, whose {@code Body} is held or streamed. A report is
 * looked over once for all who are given it ({@code Encoded}) and has two {@code Form}s, plain and gzip. Whatever goes wrong
 * becomes a {@code Problem}, which chooses the status. The URLs of the original service are frozen to the byte:
 * {@code ReportJson} and {@code PythonText} print what Flask and Python printed.
 *
 * <p>{@link coworking.analytics.rest.AnalyticsApi} lists those of v1. An {@code Endpoint} is one of them: it takes a {@code Query} apart by
 * {@code Parameter}s in a {@code Reading}, which gathers every {@code Fault}, and makes an {@code Inquiry} of it. The reports
 * ({@code SpaceReports}, {@code MemberReports}) say what they take and what a {@code Table} of their rows looks like. An
 * {@code Envelope} writes that as JSON, a {@code RowsBody} in any other {@code Format}; its {@code Delivery} holds a short answer and
 * streams a long one.
 *
 * <p>{@link coworking.analytics.rest.ManagementApi} lists the URLs for operators, on a port of their own, and asks {@code Management}.
 * Whoever measures requests is an {@code ExchangeObserver}.
 */
package coworking.analytics.rest;
