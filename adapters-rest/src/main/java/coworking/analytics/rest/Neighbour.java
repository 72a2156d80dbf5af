package coworking.analytics.rest;

import io.helidon.common.socket.PeerInfo;
import java.net.InetSocketAddress;

/** A caller on the same machine; in a pod, in the same pod. */
final class Neighbour {

    private Neighbour() {}

    static boolean is(PeerInfo peer) {
        return peer.address() instanceof InetSocketAddress socket
                && socket.getAddress() != null
                && socket.getAddress().isLoopbackAddress();
    }
}
