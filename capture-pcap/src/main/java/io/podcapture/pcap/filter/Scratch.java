package io.podcapture.pcap.filter;

/**
 * How many scratch words libpcap would use at a time. It computes each number into one of its own and refuses what needs
 * more than there are; so does this, though the program written here needs fewer.
 */
final class Scratch {
    private final Source source;
    private int taken;
    private int kept;
    private boolean lasting;

    Scratch(Source source) {
        this.source = source;
    }

    void take() throws FilterSyntaxException {
        if (taken == Bpf.SCRATCH_WORDS) {
            throw source.refused("too many registers needed to evaluate expression: at most " + Bpf.SCRATCH_WORDS
                    + " numbers may wait for another");
        }
        taken++;
    }

    void giveBack() {
        taken--;
    }

    /** {@return the number of a word that nothing else will use, however many others are taken and given back} */
    int takeForGood() throws FilterSyntaxException {
        take();
        lasting = true;
        return kept++;
    }

    /** Whether a word is written in one place of the filter and read in another, or a chain of headers followed. */
    boolean lastsBeyondQuestions() {
        return lasting;
    }

    void chainFollowed() {
        lasting = true;
    }

    /** Words that are used for good; the rest may hold what waits. */
    int kept() {
        return kept;
    }
}
