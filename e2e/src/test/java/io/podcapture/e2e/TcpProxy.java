package io.podcapture.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and the API server, to cut or stall their connections. */
final class TcpProxy implements AutoCloseable {
    private final ServerSocket server;
    private final String host;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Object gate = new Object();
    private boolean stalled;

    TcpProxy(String host, int port) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        daemon(this::accept);
    }

    /** Makes one before the API server of a stage. */
    static TcpProxy before(Stage stage) throws IOException {
        URI server = URI.create(stage.clientConfig().getMasterUrl());
        return new TcpProxy(server.getHost(), server.getPort());
    }

    /** Returns an impatient client that comes this way; {@code jdk} or another of HTTP. */
    KubernetesClient client(Stage stage, String http) {
        Config config = new ConfigBuilder(stage.clientConfig())
                .withMasterUrl("https://127.0.0.1:" + port())
                .withRequestTimeout(3000)
                .withRequestRetryBackoffLimit(0)
                .build();
        HttpClient.Factory factory = http.equals("jdk") ? new JdkHttpClientFactory() : new Vertx5HttpClientFactory();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(factory)
                .build();
    }

    int port() {
        return server.getLocalPort();
    }

    /** Resets all connections; new ones are taken. */
    void cut() throws IOException {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (SocketException closed) {
                // Its peer was cut just before, and this one went with it.
            }
            socket.close();
        }
        sockets.clear();
    }

    /** Lets nothing through any more, without a word. */
    void stall() {
        synchronized (gate) {
            stalled = true;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (gate) {
            stalled = false;
            gate.notifyAll();
        }
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket upstream = new Socket(host, port);
                sockets.add(client);
                sockets.add(upstream);
                daemon(() -> copy(client, upstream));
                daemon(() -> copy(upstream, client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[65536];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitOpen();
                out.write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException cut) {
            closeQuietly(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitOpen() throws InterruptedException {
        synchronized (gate) {
            while (stalled) {
                gate.wait();
            }
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
