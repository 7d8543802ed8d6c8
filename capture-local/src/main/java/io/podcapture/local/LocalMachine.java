package io.podcapture.local;

import io.podcapture.CaptureException;
import io.podcapture.CapturePoint;
import io.podcapture.FailureReason;
import io.podcapture.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The machine this JVM runs on, or the container: the network namespace that is its own. */
final class LocalMachine {
    private static final String NAME = "local";
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private LocalMachine() {}

    /** Tells whether the target names a machine. */
    static boolean isNamedBy(Target target) {
        return target.kind().equals("machine") && target.name().isPresent();
    }

    /**
     * Returns where it is captured.
     *
     * @throws CaptureException if another machine is named
     */
    static CapturePoint point(Target target) {
        String name = target.name().orElseThrow();
        if (!name.equals(NAME)) {
            throw new CaptureException(
                    FailureReason.TARGET_NOT_FOUND,
                    "machine " + name + " is out of reach: only machine/" + NAME + " is, the one this JVM runs on");
        }
        return CapturePoint.builder("machine/" + NAME, hostName())
                .attribute("ip", addresses())
                .build();
    }

    private static String hostName() {
        try {
            String name = Files.readString(HOST_NAME).strip();
            return name.isEmpty() ? NAME : name;
        } catch (IOException e) {
            // Other systems have it elsewhere, and to ask for it by address may take seconds.
            return NAME;
        }
    }

    private static String addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(InetAddress::getHostAddress)
                    .map(address -> address.replaceFirst("%.*", ""))
                    .distinct()
                    .collect(Collectors.joining(","));
        } catch (SocketException e) {
            return "";
        }
    }
}
