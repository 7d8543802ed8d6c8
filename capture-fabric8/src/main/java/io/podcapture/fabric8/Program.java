package io.podcapture.fabric8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The octets of a program, and the digest by which they are known again where they were sent. */
final class Program {
    private final byte[] octets;
    private final String sha256;

    /** Takes the octets over: nobody may change them any more. */
    Program(byte[] octets) {
        this.octets = octets;
        this.sha256 = HexFormat.of().formatHex(digest().digest(octets));
    }

    byte[] octets() {
        return octets;
    }

    /** Returns the SHA-256 in hexadecimal digits. */
    String sha256() {
        return sha256;
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
