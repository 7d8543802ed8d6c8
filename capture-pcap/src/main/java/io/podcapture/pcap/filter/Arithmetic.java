package io.podcapture.pcap.filter;

import org.jspecify.annotations.Nullable;

/** Numbers computed from a packet, and relations between them. */
final class Arithmetic {
    /**
     * A number, with what must hold for a packet to have it.
     *
     * @param guard null if nothing must
     * @param first the constant that is loaded first to compute it; null if something else is. libpcap takes it for the
     *     whole of a divisor or shift
     */
    record Operand(
            Quantity value,
            @Nullable Condition guard,
            @Nullable Integer first) {}

    private final Source source;
    private final Quantities values;
    private final Headers headers;
    private final Conditions conditions;
    private final LinkProtocols linkProtocols;
    private final ProtocolTests protocols;
    private final PortTests ports;
    private final Scratch scratch;

    Arithmetic(
            Source source,
            Quantities values,
            Headers headers,
            Conditions conditions,
            LinkProtocols linkProtocols,
            ProtocolTests protocols,
            PortTests ports,
            Scratch scratch) {
        this.source = source;
        this.values = values;
        this.headers = headers;
        this.conditions = conditions;
        this.linkProtocols = linkProtocols;
        this.protocols = protocols;
        this.ports = ports;
        this.scratch = scratch;
    }

    Operand number(int number) throws FilterSyntaxException {
        scratch.take();
        return new Operand(values.constant(number), null, number);
    }

    Operand length() throws FilterSyntaxException {
        scratch.take();
        return new Operand(values.length(), null, null);
    }

    Operand negation(Operand operand) {
        return new Operand(values.negation(operand.value), operand.guard, operand.first);
    }

    /** Octets of a protocol's header or behind it. */
    Operand load(Protocol protocol, Operand index, int size) throws FilterSyntaxException {
        int code =
                switch (size) {
                    case 1 -> Bpf.B;
                    case 2 -> Bpf.H;
                    case 4 -> Bpf.W;
                    default ->
                        throw source.malformed("data size must be 1, 2, or 4, not " + Integer.toUnsignedString(size));
                };
        scratch.take();
        scratch.giveBack();
        if (protocol == Protocol.LINK) {
            return new Operand(indexed(code, headers.header, index.value), index.guard, index.first);
        }
        if (protocol.overIpv4) {
            Condition own = protocols.alone(protocol).and(ports.notLaterFragment());
            Condition guard = linkProtocols.is(LinkProtocols.IP).and(both(index.guard, own));
            return new Operand(indexed(code, headers.transport(), index.value), guard, index.first);
        }
        return switch (protocol) {
            case IP, IP6, ARP, RARP, ATALK, DECNET, LAT, SCA, MOPRC, MOPDL -> {
                Condition own = protocols.alone(protocol);
                Headers.Place network = headers.payload.plus(headers.network);
                yield new Operand(indexed(code, network, index.value), both(index.guard, own), index.first);
            }
            case ICMP6 -> {
                Condition own = linkProtocols
                        .is(LinkProtocols.IP6)
                        .and(conditions.equal(headers.inNetwork(Bpf.B, 6), protocol.number));
                Headers.Place behind = headers.payload.plus(headers.network + 40);
                yield new Operand(indexed(code, behind, index.value), both(index.guard, own), index.first);
            }
            case RADIO -> throw source.refused("radio information not present in capture: it is of 802.11");
            default ->
                throw source.refused(
                        "unsupported index operation: " + protocol.word.spelling() + " has no octets to ask for");
        };
    }

    private Quantity indexed(int size, Headers.Place place, Quantity index) {
        Quantity base = place.base();
        Quantity sum = base == null ? index : values.operation(Bpf.ADD | Bpf.X, index, base);
        return values.load(size, place.offset(), sum);
    }

    private static Condition both(@Nullable Condition first, Condition second) {
        return first == null ? second : first.and(second);
    }

    /** @param operation as {@link Bpf} has it */
    Operand operation(int operation, Operand left, Operand right) throws FilterSyntaxException {
        if (right.first != null) {
            String fault = fault(operation, right.first);
            if (fault != null) {
                throw source.refused(fault);
            }
        }
        scratch.giveBack();
        Quantity value = values.operation(operation | Bpf.X, left.value, right.value);
        if (right.value.folded.isConstant() && value.refusal == null && !value.folded.isConstant()) {
            String fault = fault(operation, right.value.folded.operand);
            value.refusal = fault == null ? null : source.refusal(fault);
        }
        // What must hold for the right number is forgotten, as libpcap does: see docs/filter.md.
        return new Operand(value, left.guard, left.first);
    }

    private static @Nullable String fault(int operation, int right) {
        if (right == 0 && (operation == Bpf.DIV || operation == Bpf.MOD)) {
            return (operation == Bpf.DIV ? "division" : "modulus") + " by zero";
        }
        boolean shift = operation == Bpf.LSH || operation == Bpf.RSH;
        return shift && right >>> 5 != 0 ? "shift by more than 31 bits" : null;
    }

    Condition relation(Word sign, Operand left, Operand right) {
        scratch.giveBack();
        scratch.giveBack();
        Condition compared =
                switch (sign) {
                    case EQUAL -> conditions.compare(Bpf.JEQ, left.value, right.value);
                    case NOT_EQUAL ->
                        conditions.compare(Bpf.JEQ, left.value, right.value).not();
                    case GREATER_THAN -> conditions.compare(Bpf.JGT, left.value, right.value);
                    case AT_LEAST -> conditions.compare(Bpf.JGE, left.value, right.value);
                    case LESS_THAN ->
                        conditions.compare(Bpf.JGE, left.value, right.value).not();
                    default ->
                        conditions.compare(Bpf.JGT, left.value, right.value).not();
                };
        Condition guarded = right.guard == null ? compared : right.guard.and(compared);
        return left.guard == null ? guarded : left.guard.and(guarded);
    }
}
