package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.List;

/** What a host is made of. */
record HostSpec(String name, Node node, Mac mac, List<InetAddress> addresses, boolean nameServer) {}
