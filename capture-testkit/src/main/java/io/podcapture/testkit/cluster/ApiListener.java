package io.podcapture.testkit.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes connections at a port of the loopback address, and from each one request after the other. */
final class ApiListener implements Closeable {
    private final ServerSocket listener;
    private final ServerCertificate certificate;
    private final ClusterThreads threads;
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Answers a request. */
    interface Service {
        /** Returns whether the connection can take another request. */
        boolean serve(HttpRequest request, HttpConnection connection) throws IOException;
    }

    ApiListener(ServerCertificate certificate, ClusterThreads threads) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.certificate = certificate;
        this.threads = threads;
    }

    int port() {
        return listener.getLocalPort();
    }

    void start(Service service) {
        threads.start("listener", () -> {
            try {
                while (!closed) {
                    Socket socket = listener.accept();
                    threads.start("connection", () -> serve(socket, service));
                }
            } catch (IOException over) {
                // The cluster was closed.
            }
        });
    }

    private void serve(Socket socket, Service service) {
        try (socket) {
            HttpConnection connection = new HttpConnection(socket, certificate.context());
            connections.add(connection);
            try {
                boolean more = !closed;
                while (more) {
                    Optional<HttpRequest> request = HttpRequest.read(connection.in());
                    more = request.isPresent() && service.serve(request.get(), connection);
                }
            } finally {
                connections.remove(connection);
                connection.close();
            }
        } catch (IOException gone) {
            // Its client has left, or was never one.
        }
    }

    /** Breaks all connections. */
    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        connections.forEach(HttpConnection::close);
    }
}
