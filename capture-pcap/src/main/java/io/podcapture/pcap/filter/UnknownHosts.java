package io.podcapture.pcap.filter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has an address of each version that may stand there for every name, so that the text behind it is read too. */
final class UnknownHosts implements HostAddresses {
    @Override
    public List<InetAddress> of(String host, @Nullable Protocol protocol) {
        if (Source.LATER_WORDS.contains(host)) {
            return List.of();
        }
        // libpcap takes a name behind these only if it has no address of IPv6, as it may be where the filter is for.
        return protocol == Protocol.ARP || protocol == Protocol.RARP ? List.of(zeros(4)) : List.of(zeros(4), zeros(16));
    }

    private static InetAddress zeros(int octets) {
        try {
            return InetAddress.getByAddress(new byte[octets]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
