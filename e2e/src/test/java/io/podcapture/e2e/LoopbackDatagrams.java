package io.podcapture.e2e;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Numbered datagrams of this JVM to this machine itself, from a port by which they are told from those of others. */
final class LoopbackDatagrams implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

    LoopbackDatagrams() throws SocketException {}

    /** Returns what passes them and nothing else. */
    String filter() {
        return "udp dst port 9 and udp src port " + socket.getLocalPort();
    }

    void datagrams(int first, int count) throws IOException {
        for (int number : Traffic.range(first, count)) {
            byte[] octets = ("packet-" + number).getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(octets, octets.length, InetAddress.getLoopbackAddress(), 9));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
