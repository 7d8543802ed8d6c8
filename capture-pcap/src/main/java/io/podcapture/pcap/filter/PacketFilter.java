package io.podcapture.pcap.filter;

import io.podcapture.pcap.LinkType;
import io.podcapture.pcap.PacketView;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A capture filter over packets that are at hand: the language of libpcap, with its meaning for files, compiled without
 * it. Its program becomes a class of its own, which Java compiles as it does others. Immutable and safe for use by several
 * threads.
 *
 * <p>{@code docs/filter.md} lists what differs from libpcap 1.10, and what of the language is left out.
 *
 * @since 0.1
 */
public final class PacketFilter {
    private static final int LARGEST_SNAPLEN = 262_144;
    private static final List<Instruction> REJECTS_ALL = List.of(new Instruction(Bpf.RET | Bpf.K, 0, 0, 0));

    private final String expression;
    private final LinkType linkType;
    private final @Nullable NameResolver resolver;
    private final List<Instruction> program;
    private final Matcher matcher;
    private final boolean inner;

    private PacketFilter(
            String expression, LinkType linkType, @Nullable NameResolver resolver, List<Instruction> program) {
        this.expression = expression;
        this.linkType = linkType;
        this.resolver = resolver;
        this.program = program;
        this.matcher = CompiledFilter.of(program);
        inner = false;
    }

    private PacketFilter(PacketFilter outer, Matcher matcher) {
        expression = outer.expression;
        linkType = outer.linkType;
        resolver = outer.resolver;
        program = outer.program;
        this.matcher = matcher;
        inner = true;
    }

    /**
     * Compiles a filter for packets of one link type. Names of hosts are refused, for nothing is looked up.
     *
     * @param expression in the language of pcap-filter(7); empty matches all packets
     * @param linkType of the packets; a family of {@link LinkType#NULL} is taken as little-endian
     * @param snaplen what the program returns for a packet it accepts, in octets; 0 is taken as 262144. It says nothing
     *     about which packets match
     * @return the filter
     * @throws FilterSyntaxException if it cannot be compiled, or libpcap would refuse it because no packet could match
     */
    public static PacketFilter compile(String expression, LinkType linkType, int snaplen) throws FilterSyntaxException {
        return compiled(expression, linkType, snaplen, ByteOrder.LITTLE_ENDIAN, null);
    }

    /**
     * Compiles a filter for packets of a file.
     *
     * @param expression in the language of pcap-filter(7); empty matches all packets
     * @param linkType of the packets
     * @param snaplen what the program returns for a packet it accepts, in octets; 0 is taken as 262144
     * @param byteOrder of the file, which only {@link LinkType#NULL} follows
     * @return the filter
     * @throws FilterSyntaxException if it cannot be compiled, or libpcap would refuse it because no packet could match
     */
    public static PacketFilter compile(String expression, LinkType linkType, int snaplen, ByteOrder byteOrder)
            throws FilterSyntaxException {
        return compiled(expression, linkType, snaplen, byteOrder, null);
    }

    /**
     * Compiles a filter that may name hosts.
     *
     * @param expression in the language of pcap-filter(7); empty matches all packets
     * @param linkType of the packets
     * @param snaplen what the program returns for a packet it accepts, in octets; 0 is taken as 262144
     * @param byteOrder of the file, which only {@link LinkType#NULL} follows
     * @param resolver asked for each host by name, in this thread
     * @return the filter
     * @throws FilterSyntaxException if it cannot be compiled, or libpcap would refuse it because no packet could match
     */
    public static PacketFilter compile(
            String expression, LinkType linkType, int snaplen, ByteOrder byteOrder, NameResolver resolver)
            throws FilterSyntaxException {
        return compiled(expression, linkType, snaplen, byteOrder, resolver.remembering());
    }

    /**
     * Compiles a filter for packets of a file and for what they carry, as {@link #inner} does, also where no packet of the
     * link type itself can have what it asks for: {@code ether host} finds frames within VXLAN in a cooked capture. The packets
     * as they are then never match, and {@link #program()} is one that rejects all.
     *
     * @param expression in the language of pcap-filter(7)
     * @param linkType of the packets
     * @param byteOrder of the file, which only {@link LinkType#NULL} follows
     * @return the filter
     * @throws FilterSyntaxException if it cannot be compiled for the link type, nor for what such packets carry; it tells why
     *     not for the link type
     */
    public static PacketFilter compileInner(String expression, LinkType linkType, ByteOrder byteOrder)
            throws FilterSyntaxException {
        return compiledInner(expression, linkType, byteOrder, null);
    }

    /**
     * Compiles a filter that may name hosts as {@link #compileInner(String, LinkType, ByteOrder)} does.
     *
     * @param expression in the language of pcap-filter(7)
     * @param linkType of the packets
     * @param byteOrder of the file, which only {@link LinkType#NULL} follows
     * @param resolver asked for each host by name, in this thread, once
     * @return the filter
     * @throws FilterSyntaxException if it cannot be compiled for the link type, nor for what such packets carry
     */
    public static PacketFilter compileInner(
            String expression, LinkType linkType, ByteOrder byteOrder, NameResolver resolver)
            throws FilterSyntaxException {
        return compiledInner(expression, linkType, byteOrder, resolver.remembering());
    }

    private static PacketFilter compiledInner(
            String expression, LinkType linkType, ByteOrder byteOrder, @Nullable NameResolver resolver)
            throws FilterSyntaxException {
        try {
            return compiled(expression, linkType, 0, byteOrder, resolver).inner();
        } catch (FilterSyntaxException e) {
            Link link = Link.of(linkType);
            if (e.isMalformed() || link == null) {
                throw e;
            }
            PacketFilter never = new PacketFilter(expression, linkType, resolver, REJECTS_ALL);
            Matcher ethernet = link == Link.ETHERNET ? null : never.matcherFor(LinkType.ETHERNET);
            Matcher ip = link == Link.RAW ? null : never.matcherFor(LinkType.RAW);
            // What NFLOG carries stands behind options, and is not found.
            if (ethernet == null && ip == null || link == Link.NFLOG) {
                throw e;
            }
            return new PacketFilter(never, new InnerMatcher(link, never.matcher, ethernet, ip));
        }
    }

    /**
     * Looks for faults that every libpcap refuses, of whatever version and on whatever link type, before the text is given to
     * one that is far away. Nothing is looked up, and what may be right there is not refused: names, the words of other link
     * types and of live captures, filters that no packet can match.
     *
     * @param expression in the language of pcap-filter(7)
     * @throws FilterSyntaxException if it is {@linkplain FilterSyntaxException#isMalformed() malformed}
     */
    public static void check(String expression) throws FilterSyntaxException {
        try {
            new Parser(new Compilation(expression, Link.ETHERNET, ByteOrder.LITTLE_ENDIAN, new UnknownHosts())).parse();
        } catch (FilterSyntaxException e) {
            if (e.isMalformed()) {
                throw e;
            }
            // What is behind such a place was not read; no parenthesis of it may reach out of the text.
            new Source(expression).checkParentheses();
        }
    }

    private static PacketFilter compiled(
            String expression, LinkType linkType, int snaplen, ByteOrder byteOrder, @Nullable NameResolver resolver)
            throws FilterSyntaxException {
        Link link = Link.of(linkType);
        if (link == null) {
            throw new FilterSyntaxException(expression, 1, "filters for link type " + linkType + " are not supported");
        }
        int accepted = snaplen == 0 ? LARGEST_SNAPLEN : snaplen;
        HostAddresses hosts = resolver == null ? null : (host, protocol) -> resolver.addresses(host);
        Compilation compilation = new Compilation(expression, link, byteOrder, hosts);
        Graph graph = new Graph(new Parser(compilation).parse());
        new Optimizer(graph, compilation).run();
        List<Instruction> program = new Assembler(graph, accepted, compilation.scratch.kept()).program();
        if (ProgramCheck.scratchWords(program) > Bpf.SCRATCH_WORDS) {
            throw new FilterSyntaxException(
                    expression,
                    1,
                    "too many registers needed to evaluate expression: at most " + Bpf.SCRATCH_WORDS
                            + " numbers may wait for another");
        }
        return new PacketFilter(expression, linkType, resolver, program);
    }

    /**
     * {@return a filter that keeps a packet if this keeps it, or would keep one that it carries} That is, behind tags of VLAN
     * (802.1Q, 802.1ad), within VXLAN (UDP ports 4789 and 8472), Geneve (6081), GRE and IP in IP, one in another up to eight
     * deep. Of a packet whose octets were not all captured, what is there is looked at. Names of hosts are not resolved again.
     *
     * <p>A filter with {@code not} keeps a packet if it does at any depth: {@code not tcp} keeps TCP within VXLAN, which
     * itself is UDP. Carried packets are filtered as Ethernet or as raw IP; where the expression cannot be compiled for one
     * of these, none of that kind matches. {@link #program()} stays that of the packet as it is. Where the expression cannot be
     * compiled for the link type itself, {@link #compileInner(String, LinkType, ByteOrder)} can do with what is carried.
     */
    public PacketFilter inner() {
        Link link = Link.of(linkType);
        if (inner || link == null) {
            return this;
        }
        return new PacketFilter(
                this, new InnerMatcher(link, matcher, matcherFor(LinkType.ETHERNET), matcherFor(LinkType.RAW)));
    }

    private @Nullable Matcher matcherFor(LinkType carried) {
        if (carried.equals(linkType)) {
            return matcher;
        }
        try {
            return compiled(expression, carried, 0, ByteOrder.BIG_ENDIAN, resolver).matcher;
        } catch (FilterSyntaxException e) {
            return null;
        }
    }

    /**
     * {@return whether the filter keeps the packet} Nothing is allocated for a cursor.
     *
     * @param packet a cursor on a packet, or one of its own
     * @throws IllegalArgumentException if it has another link type than the filter is for: each needs a filter of its own
     */
    public boolean matches(PacketView packet) {
        if (!packet.linkType().equals(linkType)) {
            throw new IllegalArgumentException(
                    "packet of link type " + packet.linkType() + " for a filter of " + linkType);
        }
        ByteBuffer octets = packet.data();
        return matcher.matches(octets, octets.position(), packet.capturedLength(), (int) packet.originalLength());
    }

    /**
     * {@return whether the filter keeps the packet} Nothing is allocated, and the buffer's position is not looked at.
     *
     * @param octets in big-endian order
     * @param position index of the packet's first octet
     * @param capturedLength how many octets are there, all before the buffer's limit
     * @param originalLength how many octets the packet had on the wire, of which 32 bits count
     * @throws IndexOutOfBoundsException if not all captured octets are before the buffer's limit
     * @throws IllegalArgumentException if the buffer is in little-endian order
     */
    public boolean matches(ByteBuffer octets, int position, int capturedLength, long originalLength) {
        Objects.checkFromIndexSize(position, capturedLength, octets.limit());
        if (octets.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException(
                    "buffer in little-endian order; give asReadOnlyBuffer() or duplicate() of it");
        }
        return matcher.matches(octets, position, capturedLength, (int) originalLength);
    }

    /** {@return the filter's text} */
    public String expression() {
        return expression;
    }

    /** {@return what packets it is for} */
    public LinkType linkType() {
        return linkType;
    }

    /**
     * {@return the program as {@code tcpdump -d} writes it} One instruction a line. It is not libpcap's own, and its jumps
     * may be longer than 255 instructions.
     */
    public String disassembly() {
        return new Disassembly(program).text();
    }

    /** {@return the program as {@code tcpdump -ddd} writes it: how many instructions, then four numbers for each} */
    public String program() {
        return new Disassembly(program).numbers();
    }

    List<Instruction> instructions() {
        return program;
    }

    @Override
    public String toString() {
        return "PacketFilter[" + expression + ", " + linkType + (inner ? ", also inner packets]" : "]");
    }
}
