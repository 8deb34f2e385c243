<?php
/**
 * What pages and settings take from outside.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

\test(
	'address of the server: what can be one, and nothing else',
	static function () {
		foreach (
			array(
				'https://chat.example'          => 'https://chat.example',
				' Chat.Example/ '               => 'https://chat.example',
				'http://127.0.0.1:5280'         => 'http://127.0.0.1:5280',
				'https://blog.example/chat/'    => 'https://blog.example/chat',
				'HTTPS://chat.example/?a=1#b'   => 'https://chat.example',
				'https://[::1]:5280'            => 'https://[::1]:5280',
				''                              => '',
				'https://u:p@chat.example'      => '',
				'javascript:alert(1)'           => '',
				'ftp://chat.example'            => '',
				'https://chat.example"onload=x' => '',
				'https://'                      => '',
			) as $typed => $kept
		) {
			\same( $kept, Sanitize::server( $typed ) );
		}
		\same( '', Sanitize::server( array( 'https://chat.example' ) ) );
	}
);

\test(
	'settings: whatever a form sends, what is kept is of its kind',
	static function () {
		foreach ( array( null, 'x', array(), array( 'rights' => 'x', 'pageRooms' => 'x', 'server' => array() ) ) as $input ) {
			$clean = Options::sanitize( $input );
			\same( array_keys( Options::defaults() ), array_keys( $clean ) );
			\same( array( '', false, 'token', array(), array() ), array( $clean['server'], $clean['guests'], $clean['signIn'], $clean['pageRooms'], $clean['rights'] ) );
		}
		$clean = Options::sanitize(
			array(
				'signIn'    => 'cookie',
				'guests'    => '1',
				'room'      => 'two words',
				'boxRoom'   => 'Café',
				'accent'    => 'red;background:url(x)',
				'theme'     => 'neon',
				'pageRooms' => array( 'post', 'post', '<b>', array() ),
				'rights'    => array( 'editor' => 'moderate', 'author' => 'everything' ),
				'evil'      => 'x',
			)
		);
		\same( array( 'cookie', true, 'lobby', 'Café', '', 'auto' ), array( $clean['signIn'], $clean['guests'], $clean['room'], $clean['boxRoom'], $clean['accent'], $clean['theme'] ) );
		\same( array( 'post', 'b' ), $clean['pageRooms'] );
		\same( array( 'editor' => 'moderate' ), $clean['rights'] );
		\same( false, isset( $clean['evil'] ) );
	}
);

\test(
	'settings: an address that is none is said, and the one before stays; none at all is none',
	static function () {
		\World::set( array() );
		\same( 'https://chat.example', SettingsPage::save( array( 'server' => 'ftp://x' ) )['server'] );
		\same( 1, count( \World::$said ) );
		\same( '', SettingsPage::save( array( 'server' => '' ) )['server'] );
		\same( 'https://other.example', SettingsPage::save( array( 'server' => 'other.example' ) )['server'] );
		\same( 1, count( \World::$said ) );
	}
);

\test(
	'a room: attributes are escaped, heights bounded, and what signs in is right',
	static function () {
		\World::set( array( 'accent' => '#0a7c53' ) );
		$html = Elements::room( array( 'room' => '"><script>', 'label' => 'A "big" <b>room</b>', 'height' => '99999', 'readonly' => 'false', 'theme' => 'x" onload="y', 'onload' => 'z' ) );
		\has( ' room="lobby"', $html );
		\has( ' label="A &quot;big&quot; room"', $html );
		\has( 'height:2000px;--chat-accent:#0a7c53;', $html );
		\has( ' theme="auto"', $html );
		\has( ' auth="guest"', $html );
		\has( 'onload', $html, false );
		\has( 'readonly', $html, false );
		\has( ' readonly', Elements::room( array( 'readonly' => true ) ) );
		\has( 'height:160px', Elements::room( array( 'height' => '-5' ) ) );
		\same( 'https://chat.example/embed.js', \World::$scripts['meerkat-chat'] );
		\World::$post = array( 'feed' => true );
		\same( '', Elements::room( array() ) );
	}
);

\test(
	'who is signed in signs in by what the settings say; no secret and no token is in the page',
	static function () {
		\World::set( array() );
		\World::$me = \World::user( 'joe' )->ID;
		$html       = Elements::box( array() );
		\has( ' auth="token" token-from="https://blog.example/wp-json/meerkat/v1/token" token-nonce="nonce-wp_rest"', $html );
		\has( 'secret', $html, false );
		\World::set( array( 'signIn' => 'cookie' ) );
		\has( ' auth="cookie"', Elements::box( array() ) );
	}
);

\test(
	'without guests: the way in; without a server: nothing, but for who can mend it',
	static function () {
		\World::set( array( 'guests' => false ) );
		\has( 'wp-login.php', Elements::room( array() ) );
		\same( '', Elements::box( array() ) );
		\World::set( array( 'server' => '' ) );
		\same( '', Elements::room( array() ) );
		\World::$me = \World::user( 'admin', array( 'administrator' ) )->ID;
		\has( 'options-general.php', Elements::room( array() ) );
		\same( array(), \World::$scripts );
	}
);

\test(
	'page rooms: under posts of the types that are set, public, and shown by themselves',
	static function () {
		\World::set( array( 'pageRooms' => array( 'post' ) ) );
		\World::$options['permalink_structure'] = '/%postname%/';
		$content                                = static function ( array $post ) {
			\World::$post = $post;
			return PageRooms::add( 'text' );
		};
		\has( 'text<chat-room src="https://chat.example" room="page"', $content( array( 'type' => 'post' ) ) );
		foreach (
			array(
				array(),
				array( 'type' => 'page' ),
				array( 'type' => 'post', 'status' => 'private' ),
				array( 'type' => 'post', 'protected' => true ),
				array( 'type' => 'post', 'about' => 8 ),
				array( 'type' => 'post', 'blocks' => array( 'meerkat/room' ) ),
			) as $other
		) {
			\same( 'text', $content( $other ) );
		}
		\World::$options['permalink_structure'] = '';
		\same( 'text', $content( array( 'type' => 'post' ) ) );
	}
);

\test(
	'the box of the site: for whom it is set, and not beside a box of the page',
	static function () {
		$box = static function ( array $settings ) {
			\World::set( $settings );
			ob_start();
			do_action( 'wp_footer' );
			return ob_get_clean();
		};
		\same( '', $box( array() ) );
		\has( '<chat-box src="https://chat.example" room="cafe"', $box( array( 'box' => true ) ) );
		\same( '', $box( array( 'box' => true, 'boxFor' => 'users' ) ) );
		\same( '', $box( array( 'box' => true, 'guests' => false ) ) );
		\same( '', $box( array( 'box' => true, 'server' => '' ) ) );
		\World::$post = array( 'type' => 'page', 'blocks' => array( 'meerkat/box' ) );
		\same( '', $box( array( 'box' => true ) ) );
		\World::$post = array();
		\World::$me   = \World::user( 'joe' )->ID;
		\has( 'auth="token"', $box( array( 'box' => true, 'boxFor' => 'users' ) ) );
	}
);

\test(
	'a badge of the author: only where they show their presence',
	static function () {
		\World::set( array() );
		$ann = \World::user( 'ann' );
		\same( '', Elements::badge( array( 'user' => 'author' ) ) );
		update_user_option( $ann->ID, Profile::STATUS_ID, 'k7Qw' );
		\has( 'user="k7Qw" label="Ann"', Elements::badge( array( 'user' => 'author' ) ) );
	}
);

\test(
	'shortcodes: attributes without a value, and only known ones',
	static function () {
		\World::set( array() );
		$room = \World::$hooks['[meerkat_room]'][0];
		\has( ' room="hall" theme="auto" density="bubbles" readonly', $room( array( 'room' => 'hall', 'density' => 'bubbles', 'readonly' ) ) );
		\has( ' room="lobby"', $room( '' ) );
		$badge = \World::$hooks['[meerkat_badge]'][0];
		\same( '', $badge( array() ) );
		\same( '<presence-badge src="https://chat.example" user="abc" theme="auto"></presence-badge>', $badge( array( 'user' => 'abc' ) ) );
	}
);

\test(
	'the script is a module',
	static function () {
		\same( '<script type="module" src="x" id="y"></script>', Loader::as_module( "<script type='text/javascript' src=\"x\" id=\"y\"></script>", 'meerkat-chat' ) );
		\same( '<script type="module" src="x"></script>', Loader::as_module( '<script type="module" src="x"></script>', 'meerkat-chat' ) );
		\same( '<script src="x"></script>', Loader::as_module( '<script src="x"></script>', 'jquery' ) );
	}
);

\test(
	'testing the connection: what is wrong, in words',
	static function () {
		\World::set( array() );
		$first = static function ( $answer ) {
			\World::$answer = $answer;
			$found          = ConnectionCheck::run( 'https://chat.example', 'token' );
			return ( $found['ok'] ? 'good: ' : 'fault: ' ) . end( $found['lines'] )['text'];
		};
		$says = static function ( int $code, string $body ) {
			return array( 'response' => array( 'code' => $code ), 'body' => $body );
		};
		\has( 'no host of this name', $first( new \WP_Error( '', 'cURL error 6: Could not resolve host: chat.example' ) ) );
		\has( 'certificate', $first( new \WP_Error( '', 'cURL error 60: SSL certificate problem: certificate has expired' ) ) );
		\has( 'nothing listens', $first( new \WP_Error( '', 'cURL error 7: Failed to connect to chat.example port 443: Connection refused' ) ) );
		\has( 'No answer in time', $first( new \WP_Error( '', 'cURL error 28: Operation timed out after 5001 milliseconds' ) ) );
		\has( 'no Meerkat server', $first( $says( 404, '<html>' ) ) );
		\has( 'disk full', $first( $says( 503, '{"ok":false,"version":"0.1.0"}' ) ) );
		$all = static function ( string $url ) use ( $says ) {
			$bodies = array(
				'/healthz'                    => '{"ok":true,"version":"0.1.0"}',
				'/.well-known/host-meta.json' => '{"properties":{"urn:meerkat:domain:0":"chat.example"},"links":[{"href":"wss://chat.example/xmpp-websocket"}]}',
				'/embed.js'                   => 'import',
			);
			return $says( 200, $bodies[ substr( $url, strlen( 'https://chat.example' ) ) ] );
		};
		\same( 'good: Its domain is chat.example.', $first( $all ) );
		\same( false, ConnectionCheck::run( '', 'token' )['ok'] );
		\has( 'another host', ConnectionCheck::run( 'https://chat.example', 'cookie' )['lines'][2]['text'] );
	}
);
