package coworking.analytics.rest.management;

import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.http.Handler;
import java.net.InetSocketAddress;

/** Restricts a resource to clients on the same machine; in a pod, to the same pod. */
public final class LoopbackOnly {

    private LoopbackOnly() {}

    /** Serves local clients; others get a 403. */
    public static Handler restrict(Handler handler) {
        return (request, response) -> {
            if (isLoopback(request.remotePeer())) {
                handler.handle(request, response);
            } else {
                ManagementProblems.loopbackOnly().toResponse(request).send(request, response);
            }
        };
    }

    static boolean isLoopback(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && socket.getAddress().isLoopbackAddress();
    }
}
