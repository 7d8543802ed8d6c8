package io.podcapture.testkit.wire;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The answers of a line, given in turn; the last one again and again. */
final class DnsAnswers {
    private final List<DnsAnswer> answers = new ArrayList<>();
    private int given;

    void add(int code, List<InetAddress> addresses) {
        answers.add(new DnsAnswer(code, addresses));
    }

    void repeatLast(int times) {
        if (answers.isEmpty()) {
            throw new IllegalStateException("there is no answer yet that could be given " + times + " times");
        }
        DnsAnswer last = answers.get(answers.size() - 1);
        for (int i = 1; i < Once.atLeast(1, "times", times); i++) {
            answers.add(last);
        }
    }

    /** @throws IllegalStateException if there is no answer, or one with addresses of the other family */
    void check(boolean ipv4) {
        if (answers.isEmpty()) {
            throw new IllegalStateException("the lookup has no answer, not even silence");
        }
        for (DnsAnswer answer : answers) {
            for (InetAddress address : answer.addresses()) {
                if (Literal.isIpv4(address) != ipv4) {
                    throw new IllegalStateException("address " + address.getHostAddress()
                            + " is not of the family asked for: " + (ipv4 ? "A" : "AAAA"));
                }
            }
        }
    }

    DnsAnswer next() {
        return answers.get(Math.min(given++, answers.size() - 1));
    }
}
