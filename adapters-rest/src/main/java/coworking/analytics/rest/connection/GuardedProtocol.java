package coworking.analytics.rest.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** HTTP/1.1 on guarded connections. */
public final class GuardedProtocol implements ServerConnectionSelector {

    private final ServerConnectionSelector protocol;
    private final ConnectionLimits limits;
    private final OpenConnections openConnections;

    /**
     * Makes the protocol of one listener.
     *
     * @param timeoutResponse the bytes that are sent before a connection is closed because the head of a request did not end in time
     * @param tooManyResponse the bytes that are sent on a connection for which there is no place
     */
    public GuardedProtocol(Http1Config http1, ConnectionLimits limits, byte[] timeoutResponse, byte[] tooManyResponse) {
        this.protocol = Http1ConnectionSelector.builder().config(http1).build();
        this.limits = limits;
        this.openConnections = new OpenConnections(limits.maxConnections(), timeoutResponse, tooManyResponse);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return protocol.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData request) {
        return protocol.supports(request);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return protocol.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new GuardedConnection(context, protocol, limits, openConnections);
    }
}
