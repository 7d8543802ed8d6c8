package io.podcapture.pcap.filter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Has an address of each version for every name, so that the text behind it is read too. */
final class UnknownHosts implements NameResolver {
    @Override
    public List<InetAddress> addresses(String host) {
        if (Source.LATER_WORDS.contains(host)) {
            return List.of();
        }
        try {
            return List.of(InetAddress.getByAddress(new byte[4]), InetAddress.getByAddress(new byte[16]));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
