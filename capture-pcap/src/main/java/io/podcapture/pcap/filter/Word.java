package io.podcapture.pcap.filter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a word of a filter may be: a keyword in all its spellings, a sign, or one of the open kinds at the end. */
enum Word {
    DST("dst"),
    SRC("src"),
    LINK("link", "ether", "ppp", "slip", "fddi", "tr", "wlan"),
    ARP("arp"),
    RARP("rarp"),
    IP("ip"),
    SCTP("sctp"),
    TCP("tcp"),
    UDP("udp"),
    ICMP("icmp"),
    IGMP("igmp"),
    IGRP("igrp"),
    PIM("pim"),
    VRRP("vrrp"),
    CARP("carp"),
    RADIO("radio"),
    IP6("ip6"),
    ICMP6("icmp6"),
    AH("ah"),
    ESP("esp"),
    ATALK("atalk"),
    AARP("aarp"),
    DECNET("decnet"),
    LAT("lat"),
    SCA("sca"),
    MOPRC("moprc"),
    MOPDL("mopdl"),
    ISO("iso"),
    ESIS("esis", "es-is"),
    ISIS("isis", "is-is"),
    L1("l1"),
    L2("l2"),
    IIH("iih"),
    LSP("lsp"),
    SNP("snp"),
    CSNP("csnp"),
    PSNP("psnp"),
    CLNP("clnp"),
    STP("stp"),
    IPX("ipx"),
    NETBEUI("netbeui"),
    HOST("host"),
    NET("net"),
    MASK("mask"),
    PORT("port"),
    PORTRANGE("portrange"),
    PROTO("proto"),
    PROTOCHAIN("protochain"),
    GATEWAY("gateway"),
    TYPE("type"),
    SUBTYPE("subtype"),
    DIRECTION("direction", "dir"),
    ADDR1("address1", "addr1"),
    ADDR2("address2", "addr2"),
    ADDR3("address3", "addr3"),
    ADDR4("address4", "addr4"),
    RA("ra"),
    TA("ta"),
    LESS("less"),
    GREATER("greater"),
    BYTE("byte"),
    BROADCAST("broadcast"),
    MULTICAST("multicast"),
    AND("and", "&&"),
    OR("or", "||"),
    NOT("not", "!"),
    LENGTH("len", "length"),
    INBOUND("inbound"),
    OUTBOUND("outbound"),
    IFINDEX("ifindex"),
    VLAN("vlan"),
    MPLS("mpls"),
    PPPOED("pppoed"),
    PPPOES("pppoes"),
    GENEVE("geneve"),
    LANE("lane"),
    LLC("llc"),
    METAC("metac"),
    BCC("bcc"),
    OAM("oam"),
    OAMF4("oamf4"),
    OAMF4EC("oamf4ec"),
    OAMF4SC("oamf4sc"),
    SC("sc"),
    ILMIC("ilmic"),
    VPI("vpi"),
    VCI("vci"),
    CONNECTMSG("connectmsg"),
    METACONNECT("metaconnect"),
    IFNAME("on", "ifname"),
    RULESET("rset", "ruleset"),
    RNR("rnr", "rulenum"),
    SRNR("srnr", "subrulenum"),
    REASON("reason"),
    ACTION("action"),
    FISU("fisu"),
    LSSU("lssu", "lsu"),
    MSU("msu"),
    HFISU("hfisu"),
    HLSSU("hlssu"),
    HMSU("hmsu"),
    SIO("sio"),
    OPC("opc"),
    DPC("dpc"),
    SLS("sls"),
    HSIO("hsio"),
    HOPC("hopc"),
    HDPC("hdpc"),
    HSLS("hsls"),

    PLUS("+"),
    MINUS("-"),
    TIMES("*"),
    DIVIDE("/"),
    MODULO("%"),
    COLON(":"),
    OPEN_BRACKET("["),
    CLOSE_BRACKET("]"),
    OPEN("("),
    CLOSE(")"),
    BIT_AND("&"),
    BIT_OR("|"),
    BIT_XOR("^"),
    GREATER_THAN(">"),
    LESS_THAN("<"),
    AT_LEAST(">="),
    AT_MOST("<="),
    NOT_EQUAL("!="),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    EQUAL("=", "=="),

    NUMBER,
    NAME,
    IPV4,
    IPV6,
    MAC,

    /** The one-octet address of ARCnet. */
    AID,

    UNKNOWN,
    END;

    private static final Map<String, Word> SPELLINGS = spellings();

    private final String[] spellings;

    Word(String... spellings) {
        this.spellings = spellings;
    }

    private static Map<String, Word> spellings() {
        Map<String, Word> words = new HashMap<>();
        for (Word word : values()) {
            for (String spelling : word.spellings) {
                words.put(spelling, word);
            }
        }
        return words;
    }

    /** Null if the text is none. */
    static @Nullable Word spelled(String text) {
        return SPELLINGS.get(text);
    }

    String spelling() {
        return spellings.length == 0 ? name() : spellings[0];
    }
}
