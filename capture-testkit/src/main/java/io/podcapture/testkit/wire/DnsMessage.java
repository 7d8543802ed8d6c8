package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Queries and their answers. Sources: RFC 1035, section 4.1; RFC 3596, section 2.1. */
final class DnsMessage {
    static final int A = 1;
    static final int AAAA = 28;

    private static final int INTERNET = 1;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int ANSWER = 0x8180;
    private static final int LARGEST_LABEL = 63;
    private static final int LARGEST_NAME = 253;

    /** CoreDNS's in a cluster. */
    private static final int SECONDS_TO_LIVE = 30;

    /** Where the question's name begins. */
    private static final int POINTER_TO_NAME = 0xc00c;

    private DnsMessage() {}

    static ByteBuffer query(int number, String name, int type) {
        return question(number, RECURSION_DESIRED, name, type, 0).flip();
    }

    static ByteBuffer answer(int number, String name, int type, DnsAnswer answer) {
        ByteBuffer to = question(
                number, ANSWER | answer.code(), name, type, answer.addresses().size());
        for (InetAddress address : answer.addresses()) {
            byte[] octets = address.getAddress();
            to.putShort((short) POINTER_TO_NAME).putShort((short) type).putShort((short) INTERNET);
            to.putInt(SECONDS_TO_LIVE).putShort((short) octets.length).put(octets);
        }
        return to.flip();
    }

    private static ByteBuffer question(int number, int flags, String name, int type, int answers) {
        ByteBuffer to = ByteBuffer.allocate(512 + 28 * answers);
        to.putShort((short) number).putShort((short) flags);
        to.putShort((short) 1).putShort((short) answers).putInt(0);
        for (String label : name.split("\\.")) {
            to.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return to.put((byte) 0).putShort((short) type).putShort((short) INTERNET);
    }

    /**
     * {@return the name without the dot at its end}
     *
     * @throws IllegalArgumentException if it cannot be asked for
     */
    static String checked(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        boolean good = !plain.isEmpty() && plain.length() <= LARGEST_NAME;
        for (String label : plain.split("\\.", -1)) {
            good &= !label.isEmpty()
                    && label.length() <= LARGEST_LABEL
                    && label.chars().allMatch(c -> c > ' ' && c < 0x7f);
        }
        if (!good) {
            throw new IllegalArgumentException("\"" + name + "\" is not a name of DNS");
        }
        return plain;
    }
}
