package coworking.analytics.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Tells in the answer to a HEAD that a GET is sent in chunks, which Helidon 4.1.7 cannot: where that header stands it sends a chunk,
 * and where no length stands it makes up one of 0. So this one is that header, but stands in the place of the length.
 */
final class ChunkedHead implements InvocationHandler {

    static final Header INSTEAD_OF_A_LENGTH = (Header) Proxy.newProxyInstance(
            Header.class.getClassLoader(), new Class<?>[]{Header.class}, new ChunkedHead());

    private ChunkedHead() {}

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        return method.getName().equals("headerName")
                ? HeaderNames.CONTENT_LENGTH
                : method.invoke(HeaderValues.TRANSFER_ENCODING_CHUNKED, arguments);
    }
}
