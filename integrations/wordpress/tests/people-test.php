<?php
/**
 * Rights, names, and the API that acts on people.
 *
 * @package Meerkat\Chat
 */

namespace Meerkat\Chat;

\test(
	'rights: the most that any role gives; what the room says where nothing is set',
	static function () {
		$table = array( 'editor' => 'moderate', 'muted' => 'read', 'banned' => 'none', 'none' => 'read', 'writer' => 'write' );
		foreach (
			array(
				array( array( 'editor' ), array( '*' => 'moderate' ) ),
				array( array( 'subscriber' ), null ),
				array( array( 'muted' ), array( '*' => 'read' ) ),
				array( array( 'muted', 'banned' ), array( '*' => 'read' ) ),
				array( array( 'muted', 'subscriber' ), null ),
				array( array( 'writer', 'muted' ), array( '*' => 'write' ) ),
				array( array( 'banned', 'editor' ), array( '*' => 'moderate' ) ),
				array( array(), array( '*' => 'read' ) ),
			) as list( $roles, $claim )
		) {
			$rights = new Rights( $roles, $table, array() );
			\same( array( true, $claim ), array( $rights->let_in(), $rights->claim() ) );
		}
		\same( false, ( new Rights( array( 'banned' ), $table, array() ) )->let_in() );
	}
);

\test(
	'rights in some rooms take the place of those of the role there; elsewhere all is as before',
	static function () {
		$table = array( 'editor' => 'moderate', 'banned' => 'none', 'muted' => 'read' );
		$rows  = RoomRights::sanitize(
			array(
				array( 'room' => 'Course-7', 'role' => 'teacher', 'right' => 'moderate' ),
				array( 'room' => 'course-7', 'role' => 'banned', 'right' => 'read' ),
				array( 'room' => 'staff', 'role' => 'editor', 'right' => 'write' ),
				array( 'room' => 'hall', 'role' => 'muted', 'right' => 'write' ),
				array( 'room' => 'hall', 'role' => 'muted', 'right' => 'read' ),
			)
		);
		foreach (
			array(
				array( array( 'teacher' ), array( 'course-7' => 'moderate', '*' => 'default' ) ),
				array( array( 'banned' ), array( 'course-7' => 'read' ) ),
				array( array( 'editor' ), array( 'staff' => 'write', '*' => 'moderate' ) ),
				array( array( 'teacher', 'banned' ), array( 'course-7' => 'moderate', '*' => 'default' ) ),
				// The other role of somebody gives more.
				array( array( 'banned', 'subscriber' ), array( 'course-7' => 'default', '*' => 'default' ) ),
				array( array( 'editor', 'teacher' ), array( 'course-7' => 'moderate', 'staff' => 'write', '*' => 'moderate' ) ),
				array( array( 'muted' ), array( 'hall' => 'read', '*' => 'read' ) ),
				array( array( 'subscriber' ), null ),
			) as list( $roles, $claim )
		) {
			$rights = new Rights( $roles, $table, $rows );
			\same( array( true, $claim ), array( $rights->let_in(), $rights->claim() ) );
		}
	}
);

\test(
	'rights in some rooms: what a form may send',
	static function () {
		$row = static function ( $room, $role = 'editor', $right = 'read' ) {
			return count( RoomRights::sanitize( array( compact( 'room', 'role', 'right' ) ) ) );
		};
		foreach ( array( 'lobby', '42', 'Café', str_repeat( 'x', 80 ) ) as $room ) {
			\same( 1, $row( $room ) );
		}
		foreach ( array( '', ' ', '0', '*', 'a b', 'a@b', 'a/b', '<b>', "a\u{202E}b", str_repeat( 'x', 81 ), array( 'x' ), null ) as $room ) {
			\same( 0, $row( $room ) );
		}
		\same( 0, $row( 'lobby', '' ) );
		\same( 0, $row( 'lobby', array( 'editor' ) ) );
		\same( 0, $row( 'lobby', 'editor', 'none' ) );
		\same( 0, $row( 'lobby', 'editor', 'rooms' ) );
		\same( array(), RoomRights::sanitize( 'x' ) );
		\same( array(), RoomRights::sanitize( array( 'x', null ) ) );
		$many = array();
		for ( $at = 0; $at < 41; $at++ ) {
			$many[] = array( 'room' => "room$at", 'role' => 'editor', 'right' => 'read' );
		}
		\same( 40, count( RoomRights::sanitize( $many ) ) );
	}
);

\test(
	'names: no longer than the chat server takes, in UTF-16 units',
	static function () {
		$name = static function ( string $name ) {
			return Person::claims( \World::user( 'joe', array(), $name ) )['name'] ?? null;
		};
		\same( str_repeat( 'é', 100 ), $name( str_repeat( 'é', 101 ) ) );
		\same( str_repeat( '🦆', 50 ), $name( str_repeat( '🦆', 60 ) ) );
		\same( null, $name( '  ' ) );
	}
);

\test(
	'pictures: none where the site shows none',
	static function () {
		\World::$options['show_avatars'] = '0';
		\same( array( 'sub', 'name' ), array_keys( Person::claims( \World::user( 'joe' ) ) ) );
	}
);

\test(
	'API: without a key nothing is asked',
	static function () {
		\World::set( array() );
		\World::$me = \World::user( 'joe' )->ID;
		do_action( 'wp_logout', 1 );
		do_action( 'set_user_role', 1, 'editor' );
		do_action( 'shutdown' );
		\same( array(), \World::$sent );
	}
);

/** What the chat server was told of joe when a request was done, in which these hooks fired. */
function told( array ...$hooks ): array {
	\World::set( array() );
	\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
	\World::$me                              = ( \World::$users ? \World::$users[1] : \World::user( 'joe' ) )->ID;
	\World::$sent                            = array();
	foreach ( $hooks as $hook ) {
		do_action( ...$hook );
	}
	\same( array(), \World::$sent );
	do_action( 'shutdown' );
	$told = array();
	foreach ( \World::$sent as list( $method, $url, $with ) ) {
		\same( array( 'DELETE', false, 0 ), array( $method, $with['blocking'], $with['redirection'] ) );
		\same( 'Bearer ' . str_repeat( 'k', 32 ), $with['headers']['Authorization'] );
		$told[] = str_replace( 'https://chat.example/api/users/joe/sessions', '', $url );
	}
	return $told;
}

\test(
	'who is sent away, has another role or another password: all their sessions end, told once and when all is done',
	static function () {
		foreach ( array( 'set_user_role', 'add_user_role', 'remove_user_role', 'remove_user_from_blog', 'make_spam_user' ) as $hook ) {
			\same( array( '' ), told( array( $hook, 1, 'editor' ) ) );
		}
		$joe = \World::$users[1];
		\same( array( '' ), told( array( 'wp_set_password', 'new', 1 ) ) );
		\same( array( '' ), told( array( 'after_password_reset', $joe, 'new' ) ) );
		$before            = clone $joe;
		$joe->display_name = 'Joe B.';
		\same( array(), told( array( 'profile_update', 1, $before ) ) );
		$joe->user_pass = 'another hash';
		\same( array( '' ), told( array( 'profile_update', 1, $before ) ) );
		\same( array( '' ), told( array( 'wp_logout', 1 ), array( 'remove_user_from_blog', 1 ), array( 'wp_logout', 1 ), array( 'set_user_role', 1, '' ) ) );
		\same( array(), told( array( 'set_user_role', 99, '' ) ) );
	}
);

\test(
	'who is deleted is over, and whoever gets the login later is somebody else',
	static function () {
		$joe = 'https://chat.example/api/users/joe';
		\same( array( '', $joe ), told( array( 'wp_logout', 1 ), array( 'delete_user', 1 ), array( 'set_user_role', 1, '' ) ) );
		\same( array(), told( array( 'delete_user', 99 ) ) );
	}
);

\test(
	'signing out ends what this browser signed in',
	static function () {
		\same( array( '?signIn=' . hash( 'sha256', 'token of 1' ) ), told( array( 'wp_logout', 1 ) ) );
	}
);

\test(
	'sessions that WordPress ends, one or all others, end the sign-ins of that name; those that have run out do not',
	static function () {
		\World::user( 'joe' );
		$sessions                              = array(
			'mine'  => array( 'expiration' => time() + 60 ),
			'other' => array( 'expiration' => time() + 60 ),
			'old'   => array( 'expiration' => time() - 1 ),
			'7'     => time() + 60,
		);
		\World::$meta[1]['session_tokens'] = $sessions;
		$mine                                  = array( 'mine' => $sessions['mine'] );
		\same( array( '?signIn=other', '?signIn=7' ), told( array( 'update_user_meta', 5, 1, 'session_tokens', $mine ) ) );
		\same( array(), told( array( 'update_user_meta', 5, 1, 'session_tokens', $sessions + array( 'new' => $mine['mine'] ) ) ) );
		\same( array(), told( array( 'update_user_meta', 5, 1, 'nickname', $mine ) ) );
		\same( array( '?signIn=mine', '?signIn=other', '?signIn=7' ), told( array( 'delete_user_meta', array( 5 ), 1, 'session_tokens', '' ) ) );
		\same( array(), told( array( 'delete_user_meta', array( 5 ), 0, 'session_tokens', '' ) ) );
		foreach ( array( 10 => 10, 11 => 1 ) as $count => $requests ) {
			\World::$meta[1]['session_tokens'] = array_fill( 100, $count, $sessions['mine'] );
			\same( $requests, count( told( array( 'delete_user_meta', array( 5 ), 1, 'session_tokens', '' ) ) ) );
		}
	}
);

\test(
	'API: names are escaped as addresses, and as parts of a path',
	static function () {
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		\World::user( 'Jan Kowalski' );
		do_action( 'set_user_role', 1, 'editor' );
		do_action( 'shutdown' );
		\same( 'https://chat.example/api/users/Jan%5C20Kowalski/sessions', \World::$sent[0][1] );
	}
);

\test(
	'API key: typed anew it counts, empty it stays, a hyphen takes it away',
	static function () {
		\World::$options[ ServerApi::OPTION ] = str_repeat( 'a', 32 );
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( '' ) );
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( 'too short' ) );
		\same( str_repeat( 'b', 32 ), ServerApi::sanitize_key( ' ' . str_repeat( 'b', 32 ) ) );
		// WordPress trims what comes of forms, so a space is nothing.
		\same( str_repeat( 'a', 32 ), ServerApi::sanitize_key( ' ' ) );
		\same( '', ServerApi::sanitize_key( '-' ) );
	}
);

\test(
	'API key: its place is made before the form saves it, and pages do not load it',
	static function () {
		ob_start();
		SettingsFields::api_key();
		SettingsFields::api_key();
		ob_end_clean();
		\same( array( array( ServerApi::OPTION, '', false ) ), \World::$added );
	}
);

\test(
	'an export becomes items, whatever is in it, escaped; what is cut off is said',
	static function () {
		$items = ExportedData::items( '{"kind":"account","account":"joe@chat.example","createdAt":1795219200000}' . "\n" . '{"kind":"message","text":"<b>hi</b>","xml":"<message/>","x":{"y":[1]}}' . "\n" . '{"kind":"mess' );
		\same( 3, count( $items ) );
		\same( array( 'name' => 'createdAt', 'value' => '2026-11-21 00:00:00 UTC' ), $items[0]['data'][2] );
		\same( array( 'kind', 'text', 'x' ), array_column( $items[1]['data'], 'name' ) );
		\same( array( 'message', '&lt;b&gt;hi&lt;/b&gt;', '{&quot;y&quot;:[1]}' ), array_column( $items[1]['data'], 'value' ) );
		\has( 'more than can be shown', $items[2]['data'][0]['value'] );
		\same( array(), ExportedData::items( '' ) );
	}
);

\test(
	'personal data: exported and erased by the chat server, where it can be asked',
	static function () {
		$joe = \World::user( 'joe' );
		\same( array(), PersonalData::export( $joe->user_email )['data'] );
		\same( false, PersonalData::erase( $joe->user_email )['items_retained'] );
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		\World::$answer                          = array( 'response' => array( 'code' => 200 ), 'body' => '{"kind":"account"}' );
		\same( 1, count( PersonalData::export( $joe->user_email )['data'] ) );
		\same( true, PersonalData::erase( $joe->user_email )['items_removed'] );
		\same( array( 'GET', 'https://chat.example/api/users/joe/export' ), array_slice( \World::$sent[0], 0, 2 ) );
		\same( array( 'DELETE', 'https://chat.example/api/users/joe?erase=true' ), array_slice( \World::$sent[1], 0, 2 ) );
		foreach ( array( array( 'response' => array( 'code' => 403 ) ), new \WP_Error() ) as $answer ) {
			\World::$answer = $answer;
			$said           = PersonalData::erase( $joe->user_email );
			\same( array( false, true, 1 ), array( $said['items_removed'], $said['items_retained'], count( $said['messages'] ) ) );
			\same( true, PersonalData::export( $joe->user_email ) instanceof \WP_Error );
		}
		\World::$answer = array( 'response' => array( 'code' => 404 ) );
		\same( array(), PersonalData::export( $joe->user_email )['data'] );
		\same( array(), PersonalData::export( 'nobody@example.org' )['data'] );
	}
);

\test(
	'presence: shown only while a user wants it, and as before where the chat server does not answer',
	static function () {
		\World::set( array() );
		\World::$options['meerkat_chat_api_key'] = str_repeat( 'k', 32 );
		$joe                                     = \World::user( 'joe' );
		\World::$me                              = $joe->ID;
		$wants                                   = static function ( bool $share, string $nonce = 'nonce-meerkat_chat_share_nonce1' ) use ( $joe ) {
			$_POST = array( Profile::NONCE => $nonce ) + ( $share ? array( Profile::FIELD => '1' ) : array() );
			Profile::save( $joe->ID );
			return Profile::status_id( $joe->ID );
		};
		\World::$answer = array( 'response' => array( 'code' => 200 ), 'body' => '{"id":"k7Qw"}' );
		\same( '', $wants( true, 'forged' ) );
		\same( '', $wants( false ) );
		\same( array(), \World::$sent );
		\same( 'k7Qw', $wants( true ) );
		\same( 'k7Qw', $wants( true ) );
		\same( 1, count( \World::$sent ) );
		\same( array( 'PUT', 'https://chat.example/api/users/joe/status', '{"share":true}' ), array( \World::$sent[0][0], \World::$sent[0][1], \World::$sent[0][2]['body'] ) );
		\World::$answer = new \WP_Error();
		\same( 'k7Qw', $wants( false ) );
		\World::$answer = array( 'response' => array( 'code' => 200 ), 'body' => '{}' );
		\same( '', $wants( false ) );
		\World::$me = \World::user( 'eve' )->ID;
		\same( '', $wants( true ) );
	}
);
