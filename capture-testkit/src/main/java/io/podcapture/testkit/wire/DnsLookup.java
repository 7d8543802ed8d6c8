package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lookup of the script. Its answers are given in turn, one to each query that reaches the name server, over all repetitions
 * of the line; the last is given again and again. A query without an answer is sent once more after five seconds, with
 * the same number from another port, as glibc does.
 *
 * @since 0.1
 */
public final class DnsLookup extends Exchange<DnsLookup> {
    private final DnsAnswers answers = new DnsAnswers();
    private @Nullable Duration after;
    private boolean quadA;

    DnsLookup() {}

    @Override
    DnsLookup self() {
        return this;
    }

    /**
     * Asks for addresses of IPv6 (AAAA). Without, for those of IPv4 (A).
     *
     * @return this
     */
    public DnsLookup forIpv6() {
        quadA = true;
        return this;
    }

    /**
     * Answers with addresses.
     *
     * @param literals of the family asked for, at least one
     * @return this
     */
    public DnsLookup address(String... literals) {
        Once.atLeast(1, "addresses", literals.length);
        return answer(
                DnsAnswer.NO_ERROR, Stream.of(literals).map(Literal::address).toList());
    }

    /**
     * Answers that there is no such name.
     *
     * @return this
     */
    public DnsLookup nxdomain() {
        return answer(DnsAnswer.NXDOMAIN, List.of());
    }

    /**
     * Answers that the server failed.
     *
     * @return this
     */
    public DnsLookup serverFailure() {
        return answer(DnsAnswer.SERVFAIL, List.of());
    }

    /**
     * Answers that the server does not want to.
     *
     * @return this
     */
    public DnsLookup refused() {
        return answer(DnsAnswer.REFUSED, List.of());
    }

    /**
     * Answers that the name has no address of this family.
     *
     * @return this
     */
    public DnsLookup noAddress() {
        return answer(DnsAnswer.NO_ERROR, List.of());
    }

    /**
     * Does not answer.
     *
     * @return this
     */
    public DnsLookup silence() {
        return answer(DnsAnswer.SILENCE, List.of());
    }

    /**
     * Gives the last answer several times.
     *
     * @param number at least 1
     * @return this
     */
    public DnsLookup times(int number) {
        answers.repeatLast(number);
        return this;
    }

    /**
     * Lets the name server take its time for each answer.
     *
     * @param time from a query's arrival to its answer
     * @return this
     */
    public DnsLookup after(Duration time) {
        after = Once.set("after", after, Once.notNegative("after", time));
        return this;
    }

    private DnsLookup answer(int code, List<InetAddress> addresses) {
        answers.add(code, addresses);
        return this;
    }

    int recordType() {
        return quadA ? DnsMessage.AAAA : DnsMessage.A;
    }

    long thinking() {
        return after == null ? 0 : after.toNanos();
    }

    /** {@return the answers, which go with what is asked for} */
    DnsAnswers answers() {
        answers.check(!quadA);
        return answers;
    }
}
