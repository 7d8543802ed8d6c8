package io.podcapture.testkit.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of the loopback address that a server has signed itself, made anew for each: none lies in a file, to be found
 * by others or to run out. X.509 version 3, RFC 5280.
 */
final class ServerCertificate {
    private static final int UTF8 = 12;
    private static final int BIT_STRING = 3;
    private static final int OCTET_STRING = 4;
    private static final int UTC_TIME = 23;
    private static final byte[] TRUE = {1, 1, (byte) 0xff};
    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.identifier(1, 2, 840, 10045, 4, 3, 2));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration AROUND = Duration.ofDays(2);

    private final KeyPair keys;
    private final byte[] encoded;

    private ServerCertificate(KeyPair keys, byte[] encoded) {
        this.keys = keys;
        this.encoded = encoded;
    }

    static ServerCertificate make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] content = content(keys, Instant.now());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] signed = Der.value(BIT_STRING, new byte[1], signature.sign());
            return new ServerCertificate(keys, Der.sequence(content, ECDSA_SHA256, signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ECDSA on secp256r1", e);
        }
    }

    private static byte[] content(KeyPair keys, Instant now) {
        byte[] version3 = Der.value(0xa0, Der.value(2, new byte[] {2}));
        byte[] number = Der.value(2, BigInteger.valueOf(now.toEpochMilli()).toByteArray());
        byte[] commonName = Der.sequence(Der.identifier(2, 5, 4, 3), Der.text(UTF8, "simulated cluster"));
        byte[] name = Der.sequence(Der.set(commonName));
        byte[] validity = Der.sequence(
                Der.text(UTC_TIME, TIME.format(now.minus(AROUND))), Der.text(UTC_TIME, TIME.format(now.plus(AROUND))));
        byte[] alternatives = Der.sequence(Der.text(0x82, "localhost"), Der.value(0x87, new byte[] {127, 0, 0, 1}));
        byte[] extensions = Der.sequence(
                Der.sequence(Der.identifier(2, 5, 29, 19), TRUE, Der.value(OCTET_STRING, Der.sequence(TRUE))),
                Der.sequence(Der.identifier(2, 5, 29, 17), Der.value(OCTET_STRING, alternatives)));
        return Der.sequence(
                version3,
                number,
                ECDSA_SHA256,
                name,
                validity,
                name,
                keys.getPublic().getEncoded(),
                Der.value(0xa3, extensions));
    }

    /** Returns it as text, for those who shall trust it. */
    String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** Returns what a server with this certificate speaks TLS by. */
    SSLContext context() {
        try {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            // The other type of store spends a hundredth of a second and more on hiding what never leaves the memory.
            KeyStore store = KeyStore.getInstance("JKS");
            char[] password = "in memory only".toCharArray();
            store.load(null, password);
            store.setKeyEntry("server", keys.getPrivate(), password, new Certificate[] {certificate});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificate just made cannot be used", e);
        }
    }
}
