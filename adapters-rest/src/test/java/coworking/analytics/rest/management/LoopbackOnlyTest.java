package coworking.analytics.rest.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.socket.PeerInfo;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class LoopbackOnlyTest {

    @Test
    void onlyCallersOnTheSameMachineAreLoopback() throws Exception {
        assertThat(LoopbackOnly.isLoopback(peer("127.0.0.1"))).isTrue();
        assertThat(LoopbackOnly.isLoopback(peer("127.8.9.1"))).isTrue();
        assertThat(LoopbackOnly.isLoopback(peer("::1"))).isTrue();
        assertThat(LoopbackOnly.isLoopback(peer("::ffff:127.0.0.1"))).isTrue();
        assertThat(LoopbackOnly.isLoopback(peer("10.0.0.1"))).isFalse();
        assertThat(LoopbackOnly.isLoopback(peer("::ffff:10.0.0.1"))).isFalse();
        assertThat(LoopbackOnly.isLoopback(peer("fe80::1"))).isFalse();
    }

    private static PeerInfo peer(String address) throws Exception {
        var socket = new InetSocketAddress(InetAddress.getByName(address), 1);
        return (PeerInfo) Proxy.newProxyInstance(PeerInfo.class.getClassLoader(), new Class<?>[]{PeerInfo.class},
                (proxy, method, arguments) -> socket);
    }
}
