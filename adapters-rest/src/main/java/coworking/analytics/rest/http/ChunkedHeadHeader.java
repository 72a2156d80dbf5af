package coworking.analytics.rest.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Declares Transfer-Encoding: chunked in the response to a HEAD. Helidon 4.5.0 sends a chunk after that header even to a HEAD, and adds a
 * length of 0 if no length is set. So this header is written as Transfer-Encoding, but is stored in place of the length.
 */
final class ChunkedHeadHeader implements InvocationHandler {

    static final Header CHUNKED = (Header) Proxy.newProxyInstance(
            Header.class.getClassLoader(), new Class<?>[]{Header.class}, new ChunkedHeadHeader());

    private ChunkedHeadHeader() {}

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        return method.getName().equals("headerName")
                ? HeaderNames.CONTENT_LENGTH
                : method.invoke(HeaderValues.TRANSFER_ENCODING_CHUNKED, arguments);
    }
}
