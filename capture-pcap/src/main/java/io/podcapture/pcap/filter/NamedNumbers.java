package io.podcapture.pcap.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that stand for numbers wherever a number may: offsets, flags and types of TCP, ICMP and ICMPv6. */
final class NamedNumbers {
    private static final Map<String, Integer> VALUES = values();

    private NamedNumbers() {}

    static @Nullable Integer valueOf(String name) {
        return VALUES.get(name);
    }

    private static Map<String, Integer> values() {
        Map<String, Integer> values = new HashMap<>();
        read(values, "", "icmptype 0 icmpcode 1 icmp6type 0 icmp6code 1 tcpflags 13");
        read(values, "tcp-", "fin 1 syn 2 rst 4 push 8 ack 16 urg 32 ece 64 cwr 128");
        read(
                values,
                "icmp-",
                "echoreply 0 unreach 3 sourcequench 4 redirect 5 echo 8 routeradvert 9 routersolicit 10 timxceed 11"
                        + " paramprob 12 tstamp 13 tstampreply 14 ireq 15 ireqreply 16 maskreq 17 maskreply 18");
        read(
                values,
                "icmp6-",
                "destinationunreach 1 packettoobig 2 timeexceeded 3 parameterproblem 4 echo 128 echoreply 129"
                        + " multicastlistenerquery 130 multicastlistenerreportv1 131 multicastlistenerdone 132"
                        + " routersolicit 133 routeradvert 134 neighborsolicit 135 neighboradvert 136 redirect 137"
                        + " routerrenum 138 nodeinformationquery 139 nodeinformationresponse 140"
                        + " ineighbordiscoverysolicit 141 ineighbordiscoveryadvert 142"
                        + " multicastlistenerreportv2 143 homeagentdiscoveryrequest 144"
                        + " homeagentdiscoveryreply 145 mobileprefixsolicit 146 mobileprefixadvert 147"
                        + " certpathsolicit 148 certpathadvert 149 multicastrouteradvert 151"
                        + " multicastroutersolicit 152 multicastrouterterm 153");
        return values;
    }

    private static void read(Map<String, Integer> values, String prefix, String list) {
        String[] words = list.split(" ", -1);
        for (int i = 0; i < words.length; i += 2) {
            values.put(prefix + words[i], Integer.valueOf(words[i + 1]));
        }
    }
}
