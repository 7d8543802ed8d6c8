package io.podcapture.pcap.filter;

import java.util.Random;

/** Makes filters, most of them correct and some of them such as match something in the corpus. */
final class RandomFilters {
    private static final String[] PRIMITIVES = {
        "ip",
        "ip6",
        "arp",
        "tcp",
        "udp",
        "icmp",
        "icmp6",
        "sctp",
        "vlan",
        "vlan 100",
        "vlan 200",
        "mpls",
        "mpls 100",
        "pppoes",
        "pppoes 27",
        "broadcast",
        "multicast",
        "ip multicast",
        "ip6 multicast",
        "ip broadcast",
        "less 100",
        "greater 200",
        "iso",
        "stp",
        "ipx",
        "atalk",
        "isis",
        "l1",
        "llc",
        "llc u",
        "ether proto 0x806",
        "inbound",
        "ip proto 17",
        "proto 6",
        "ip6 proto 17",
        "ether proto \\ip",
        "byte 0 = 1",
        "byte 12 > 7",
        "rarp",
        "decnet",
        "ether host ff:ff:ff:ff:ff:ff",
        "esp",
        "ah",
        "pim",
        "igmp",
        "vrrp",
        "pppoed",
        "ifindex 2"
    };
    private static final String[] HEADS = {
        "host",
        "src host",
        "dst host",
        "src",
        "dst",
        "net",
        "src net",
        "ip host",
        "arp host",
        "src and dst host",
        "src or dst host",
        "ip src",
        "rarp host",
        "dst net"
    };
    private static final String[] HOSTS = {
        "192.168.0.1", "10.0.0.1", "10", "172.16.1.1", "127.0.0.1", "224.0.0.5", "10.1"
    };
    private static final String[] HEADS6 = {"ip6 host", "host", "src", "dst host", "net", "ip6 net"};
    private static final String[] HOSTS6 = {"::1", "fe80::1", "ff02::1", "2001:db8::1"};
    private static final String[] PORT_HEADS = {
        "port",
        "tcp port",
        "udp port",
        "src port",
        "dst port",
        "tcp dst port",
        "udp src port",
        "src and dst port",
        "sctp port"
    };
    private static final String[] PORTS = {"53", "80", "443", "179", "646", "1701", "domain", "0", "http"};
    private static final String[] LOADS = {
        "ip[0]", "ip[8]", "ip[2:2]", "ip[6:2]", "ip[12:4]", "tcp[13]", "tcp[0:2]", "tcp[tcpflags]", "udp[4:2]",
        "udp[0:2]", "icmp[0]", "ip6[6]", "ip6[4:2]", "icmp6[0]", "ether[0]", "ether[12:2]", "ether[6:4]", "arp[6:2]",
        "link[2]", "ip[9]", "len", "len", "igmp[0]", "ip6[40]", "tcp[12]"
    };
    private static final String[] NUMBERS = {
        "0",
        "1",
        "2",
        "4",
        "5",
        "6",
        "8",
        "15",
        "16",
        "17",
        "31",
        "64",
        "80",
        "100",
        "255",
        "0x45",
        "0x800",
        "0xf0",
        "0xffff",
        "0x1fff",
        "0xfffffff0",
        "32"
    };
    private static final String[] OPERATIONS = {"+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"};
    private static final String[] RELATIONS = {"=", "!=", "<", ">", "<=", ">=", "=="};

    private final Random random;

    RandomFilters(long seed) {
        random = new Random(seed);
    }

    String filter() {
        return expression(random.nextInt(4));
    }

    private String expression(int depth) {
        if (depth == 0) {
            return term();
        }
        String left = expression(depth - 1);
        return switch (random.nextInt(7)) {
            case 0 -> "not " + left;
            case 1 -> "(" + left + ")";
            case 2, 3 -> left + logic() + expression(depth - 1);
            case 4 -> left + logic() + "(" + expression(depth - 1) + ")";
            case 5 -> left + logic() + "not " + expression(depth - 1);
            default -> left + logic() + identifier();
        };
    }

    private String logic() {
        return random.nextBoolean() ? " and " : " or ";
    }

    private String identifier() {
        return random.nextBoolean() ? pick(HOSTS) : pick(PORTS);
    }

    private String term() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> pick(PRIMITIVES);
            case 3, 4 -> pick(HEADS) + " " + list(HOSTS);
            case 5 -> pick(HEADS6) + " " + pick(HOSTS6);
            case 6, 7 -> pick(PORT_HEADS) + " " + list(PORTS);
            case 8 -> "portrange " + random.nextInt(100) + "-" + random.nextInt(2000);
            default -> number(random.nextInt(3)) + pick(RELATIONS) + number(random.nextInt(2));
        };
    }

    private String list(String[] of) {
        return switch (random.nextInt(6)) {
            case 0 -> "(" + pick(of) + " or " + pick(of) + ")";
            case 1 -> "not " + pick(of);
            case 2 -> pick(of) + logic() + pick(of);
            default -> pick(of);
        };
    }

    private String number(int depth) {
        if (depth == 0) {
            return random.nextInt(3) == 0 ? pick(NUMBERS) : pick(LOADS);
        }
        return switch (random.nextInt(8)) {
            case 0 -> "(" + number(depth - 1) + ")";
            case 1 -> "- " + number(depth - 1);
            case 2 -> "ip[" + number(depth - 1) + "]";
            case 3 -> "tcp[" + number(depth - 1) + ":2]";
            case 4 -> pick(LOADS) + " " + pick(OPERATIONS) + " " + pick(NUMBERS);
            default -> number(depth - 1) + " " + pick(OPERATIONS) + " " + number(depth - 1);
        };
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }
}
