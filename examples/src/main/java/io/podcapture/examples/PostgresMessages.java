package io.podcapture.examples;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What cart and db tell each other. Source: PostgreSQL documentation, "Message Formats", protocol 3.0. */
final class PostgresMessages {
    private static final int PROTOCOL = 3 << 16;

    private PostgresMessages() {}

    static byte[] startup() {
        byte[] parameters = text("user\0cart\0database\0shop\0\0");
        int length = 8 + parameters.length;
        return ByteBuffer.allocate(length)
                .putInt(length)
                .putInt(PROTOCOL)
                .put(parameters)
                .array();
    }

    /** Authentication is over, and a query may come. */
    static byte[] ready() {
        return together(message('R', new byte[4]), message('Z', text("I")));
    }

    static byte[] query(String sql) {
        return message('Q', text(sql + "\0"));
    }

    static byte[] done(String tag) {
        return together(message('C', text(tag + "\0")), message('Z', text("I")));
    }

    private static byte[] message(char type, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array();
    }

    private static byte[] together(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] text(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }
}
