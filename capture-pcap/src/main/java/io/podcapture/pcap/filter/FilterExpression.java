package io.podcapture.pcap.filter;

import io.podcapture.pcap.LinkType;
import java.net.InetAddress;
import java.util.List;

/**
 * A capture filter put together in Java, which prints the expression it stands for: {@code
 * tcp().and(dstPort(80)).and(host("10.1.0.7").not())} is {@code tcp and dst port 80 and not host 10.1.0.7}.
 *
 * <p>Parentheses stand wherever the text would mean something else without them. There are none of the words that change the
 * meaning of all that follows, {@code vlan} and {@code geneve} for instance; {@link PacketFilter#inner} looks behind those.
 * Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class FilterExpression {
    private static final int LARGEST_PORT = 0xffff;

    /** What stands between the parts of the text that are not within parentheses. */
    private enum Form {
        ONE,
        AND,
        OR,
        UNKNOWN
    }

    private final String text;
    private final Form form;

    private FilterExpression(String text, Form form) {
        this.text = text;
        this.form = form;
    }

    private static FilterExpression one(String text) {
        return new FilterExpression(text, Form.ONE);
    }

    /**
     * {@return packets that a text matches} Of a text with {@code vlan}, {@code mpls}, {@code pppoes} or {@code geneve} all
     * that is added behind it is within those headers.
     *
     * @param expression in the language of pcap-filter(7), not empty
     * @throws IllegalArgumentException if it is empty or {@linkplain FilterSyntaxException#isMalformed() malformed}
     */
    public static FilterExpression of(String expression) {
        if (expression.isBlank()) {
            throw new IllegalArgumentException("an empty filter cannot be a part of another");
        }
        try {
            PacketFilter.check(expression);
        } catch (FilterSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return new FilterExpression(expression.strip(), Form.UNKNOWN);
    }

    /** {@return packets of TCP, over IPv4 or IPv6} */
    public static FilterExpression tcp() {
        return one("tcp");
    }

    /** {@return packets of UDP, over IPv4 or IPv6} */
    public static FilterExpression udp() {
        return one("udp");
    }

    /** {@return packets of ICMP, of either version} */
    public static FilterExpression icmp() {
        return new FilterExpression("icmp or icmp6", Form.OR);
    }

    /** {@return packets of ARP} */
    public static FilterExpression arp() {
        return one("arp");
    }

    /** {@return packets of IPv4} */
    public static FilterExpression ip4() {
        return one("ip");
    }

    /** {@return packets of IPv6} */
    public static FilterExpression ip6() {
        return one("ip6");
    }

    /** {@return packets from or to an address} */
    public static FilterExpression host(InetAddress address) {
        return one("host " + literal(address));
    }

    /**
     * {@return packets from or to an address}
     *
     * @param address of IPv4 or IPv6; no name
     * @throws IllegalArgumentException if it is no address
     */
    public static FilterExpression host(String address) {
        return one("host " + literal(address));
    }

    /** {@return packets from an address} */
    public static FilterExpression srcHost(InetAddress address) {
        return one("src host " + literal(address));
    }

    /** {@return packets from an address} As {@link #host(String)}. */
    public static FilterExpression srcHost(String address) {
        return one("src host " + literal(address));
    }

    /** {@return packets to an address} */
    public static FilterExpression dstHost(InetAddress address) {
        return one("dst host " + literal(address));
    }

    /** {@return packets to an address} As {@link #host(String)}. */
    public static FilterExpression dstHost(String address) {
        return one("dst host " + literal(address));
    }

    /**
     * {@return packets from or to a network}
     *
     * @param prefix an address, a slash and the length of the network's part, with zeros behind it: {@code 10.1.0.0/16}
     * @throws IllegalArgumentException if it is no such prefix
     */
    public static FilterExpression net(String prefix) {
        return one("net " + checked("net", prefix));
    }

    /** {@return packets from a network} As {@link #net}. */
    public static FilterExpression srcNet(String prefix) {
        return one("src net " + checked("net", prefix));
    }

    /** {@return packets to a network} As {@link #net}. */
    public static FilterExpression dstNet(String prefix) {
        return one("dst net " + checked("net", prefix));
    }

    /**
     * {@return packets of TCP, UDP or SCTP from or to a port}
     *
     * @param port 0 to 65,535
     * @throws IllegalArgumentException if it is not in that range
     */
    public static FilterExpression port(int port) {
        return one("port " + inRange(port));
    }

    /** {@return packets from a port} As {@link #port}. */
    public static FilterExpression srcPort(int port) {
        return one("src port " + inRange(port));
    }

    /** {@return packets to a port} As {@link #port}. */
    public static FilterExpression dstPort(int port) {
        return one("dst port " + inRange(port));
    }

    /**
     * {@return packets from or to one of several ports}
     *
     * @param first 0 to 65,535
     * @param last not below the first
     * @throws IllegalArgumentException if one is not in that range, or the last is below the first
     */
    public static FilterExpression portRange(int first, int last) {
        if (inRange(first) > inRange(last)) {
            throw new IllegalArgumentException("the ports end at " + last + ", before they begin at " + first);
        }
        return one("portrange " + first + "-" + last);
    }

    /**
     * {@return packets of so many octets or more on the wire}
     *
     * @param octets 0 or more, the link-layer header included
     */
    public static FilterExpression lengthAtLeast(int octets) {
        return one("greater " + length(octets));
    }

    /** {@return packets of so many octets or fewer on the wire} As {@link #lengthAtLeast}. */
    public static FilterExpression lengthAtMost(int octets) {
        return one("less " + length(octets));
    }

    /**
     * {@return packets that one or more of several match}
     *
     * @param expressions one or more
     * @throws IllegalArgumentException if there is none
     */
    public static FilterExpression anyOf(List<FilterExpression> expressions) {
        return expressions.stream()
                .reduce(FilterExpression::or)
                .orElseThrow(() -> new IllegalArgumentException("any of none: there is no such filter"));
    }

    /**
     * {@return packets that all of several match}
     *
     * @param expressions one or more
     * @throws IllegalArgumentException if there is none
     */
    public static FilterExpression allOf(List<FilterExpression> expressions) {
        return expressions.stream()
                .reduce(FilterExpression::and)
                .orElseThrow(() -> new IllegalArgumentException("all of none: an empty filter says that"));
    }

    /** {@return packets that this and another match} */
    public FilterExpression and(FilterExpression other) {
        return new FilterExpression(part(Form.AND) + " and " + other.part(Form.AND), Form.AND);
    }

    /** {@return packets that this or another matches} */
    public FilterExpression or(FilterExpression other) {
        return new FilterExpression(part(Form.OR) + " or " + other.part(Form.OR), Form.OR);
    }

    /** {@return packets that this does not match} */
    public FilterExpression not() {
        return one("not " + part(Form.ONE));
    }

    /** "and" and "or" bind alike and from the left, so that only a chain of the same needs no parentheses. */
    private String part(Form within) {
        return form == Form.ONE || form == within ? text : "(" + text + ")";
    }

    /** {@return the text, for whatever takes a filter} */
    @Override
    public String toString() {
        return text;
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static String literal(String address) {
        boolean whole = address.indexOf(':') >= 0 || address.split("\\.", -1).length == 4;
        if (!whole || address.indexOf('/') >= 0) {
            throw new IllegalArgumentException("\"" + address + "\" is no address of IPv4 or IPv6");
        }
        return checked("host", address);
    }

    private static String checked(String word, String value) {
        for (int i = 0; i < value.length(); i++) {
            if ("0123456789abcdefABCDEF.:/".indexOf(value.charAt(i)) < 0) {
                throw new IllegalArgumentException(
                        "\"" + value + "\" is no " + word + ": it has a '" + value.charAt(i) + "'");
            }
        }
        try {
            PacketFilter.compile(word + " " + value, LinkType.RAW, 0);
            return value;
        } catch (FilterSyntaxException e) {
            throw new IllegalArgumentException("\"" + value + "\" is no " + word + ": " + e.reason(), e);
        }
    }

    private static int inRange(int port) {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to " + LARGEST_PORT);
        }
        return port;
    }

    private static int length(int octets) {
        if (octets < 0) {
            throw new IllegalArgumentException("a length of " + octets + " octets is less than 0");
        }
        return octets;
    }
}
